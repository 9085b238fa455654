namespace Flip.Edge.Modbus;

/// <summary>Timing and limits of a <see cref="IModbusClient"/>. The defaults suit a device nothing is known about.</summary>
public sealed record ModbusClientOptions
{
    /// <summary>The protocol's limit of registers in one read (Modbus Application Protocol V1.1b3, 6.3).</summary>
    public const int ProtocolRegistersPerRead = 125;

    /// <summary>Time to wait after connecting, before the first request. Some dongles swallow requests right after connect.</summary>
    /// <value>Default: none.</value>
    public TimeSpan ConnectDelay { get; init; }

    /// <summary>Least time between the end of one reply and the next request, on top of the 3.5 characters of RTU.</summary>
    /// <value>Default: none.</value>
    public TimeSpan RequestGap { get; init; }

    /// <summary>How long a connection may take to open.</summary>
    /// <value>Default: 5 s.</value>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a device may take to answer in full. Under a second is too short for many (see openhab-addons#9270).</summary>
    /// <remarks>On a serial port, the time that request and reply need at the line's speed comes on top.</remarks>
    /// <value>Default: 1 s.</value>
    public TimeSpan ResponseTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The most registers asked for at once. A larger read is refused, so that the caller decides where to split.</summary>
    /// <value>1–125. Default: 125.</value>
    public int RegistersPerRead { get; init; } = ProtocolRegistersPerRead;
}
