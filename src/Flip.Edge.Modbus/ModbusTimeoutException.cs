namespace Flip.Edge.Modbus;

/// <summary>Nobody answered in time. The connection is there; the unit is silent, asleep, or has another id.</summary>
public sealed class ModbusTimeoutException(ModbusRequestInfo request, string what, Exception? innerException = null)
    : ModbusException(request, what, innerException);
