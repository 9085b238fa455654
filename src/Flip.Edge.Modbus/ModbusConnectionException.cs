namespace Flip.Edge.Modbus;

/// <summary>Why there is no connection.</summary>
public enum ModbusConnectionFailure
{
    /// <summary>The host answered that nothing listens on that port, or that it takes no further client.</summary>
    Refused,

    /// <summary>The host name is unknown, or no route leads to it, or it did not answer in time.</summary>
    Unreachable,

    /// <summary>The serial port's device file does not exist.</summary>
    PortNotFound,

    /// <summary>The serial port may not be opened by this user.</summary>
    PortDenied,

    /// <summary>The serial port is held by another process, or can't be set to the asked speed.</summary>
    PortUnusable,

    /// <summary>
    /// The connection was there and was closed or reset by the other side: twice in a row, or in the middle of a reply, or after a
    /// write was sent, which is not repeated.
    /// </summary>
    Lost,
}

/// <summary>The connection could not be opened, or was lost and could not be opened again.</summary>
public sealed class ModbusConnectionException(
    ModbusRequestInfo request, ModbusConnectionFailure failure, string what, Exception? innerException = null)
    : ModbusException(request, what, innerException)
{
    /// <summary>Why.</summary>
    public ModbusConnectionFailure Failure { get; } = failure;
}
