namespace Flip.Edge.Modbus;

/// <summary>Something answered, but not with a whole and valid frame: a wrong CRC, an impossible length, an echo that differs.</summary>
public sealed class ModbusFrameException(ModbusRequestInfo request, string what, Exception? innerException = null)
    : ModbusException(request, what, innerException);
