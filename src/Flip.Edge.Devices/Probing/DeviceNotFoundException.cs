using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.Probing;

/// <summary>Nothing answers; the message says what was tried and what to do.</summary>
public sealed class DeviceNotFoundException(string message, ModbusException? innerException = null) : Exception(message, innerException);
