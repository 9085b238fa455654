namespace Flip.Edge.Modbus;

/// <summary>Timing and limits of a <see cref="IModbusClient"/>. The defaults suit a device nothing is known about.</summary>
public sealed record ModbusClientOptions
{
    /// <summary>The protocol's limit of registers in one read (Modbus Application Protocol V1.1b3, 6.3).</summary>
    public const int ProtocolRegistersPerRead = 125;

    private static readonly TimeSpan DefaultMost = TimeSpan.FromSeconds(5);

    private readonly TimeSpan? _leastResponseTimeout;
    private readonly TimeSpan? _mostResponseTimeout;

    /// <summary>Time to wait after connecting, before the first request. Some dongles swallow requests right after connect.</summary>
    /// <value>Default: none.</value>
    public TimeSpan ConnectDelay { get; init; }

    /// <summary>Least time between the end of one reply and the next request, on top of the 3.5 characters of RTU.</summary>
    /// <value>Default: none.</value>
    public TimeSpan RequestGap { get; init; }

    /// <summary>How long a connection may take to open.</summary>
    /// <value>Default: 5 s.</value>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a device may stay silent before its answer begins, and in the middle of one, as long as nothing was learned of it.
    /// Under a second is too short for many (see openhab-addons#9270).
    /// </summary>
    /// <remarks>On a serial port, the time that request and reply need at the line's speed comes on top.</remarks>
    /// <value>Default: 1 s.</value>
    public TimeSpan ResponseTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What the response time-out never falls below, however quick the device was found to be.</summary>
    /// <value>Default: <see cref="ResponseTimeout"/>, because whoever set that knows of answers that take so long.</value>
    public TimeSpan LeastResponseTimeout
    {
        get => _leastResponseTimeout ?? ResponseTimeout;
        init => _leastResponseTimeout = value;
    }

    /// <summary>What the response time-out never rises above, however slow the device was found to be.</summary>
    /// <value>Default: 5 s, or <see cref="ResponseTimeout"/> where that is longer.</value>
    public TimeSpan MostResponseTimeout
    {
        get => _mostResponseTimeout ?? (ResponseTimeout > DefaultMost ? ResponseTimeout : DefaultMost);
        init => _mostResponseTimeout = value;
    }

    /// <summary>The most registers asked for at once. A larger read is refused, so that the caller decides where to split.</summary>
    /// <value>1–125. Default: 125.</value>
    public int RegistersPerRead { get; init; } = ProtocolRegistersPerRead;

    /// <summary>
    /// Modbus TCP: replies do not carry their request's transaction id (<see href="https://github.com/kellerza/sunsynk/issues/680"/>). Any
    /// reply of the right unit, function and length is then the answer, and after a time-out the connection is opened anew, because a
    /// late reply can't be told any more. It is also found out, by the first time-out.
    /// </summary>
    /// <value>Default: false.</value>
    public bool IgnoreTransactionId { get; init; }

    /// <summary>
    /// RTU: what is sent comes back before the reply, as on a line with the receiver left on
    /// (<see href="https://github.com/tiagocoutinho/modbus-proxy/pull/55"/>). An echoed read is recognised without this; a single write
    /// (function 6) is not, because its echo is the very reply.
    /// </summary>
    /// <value>Default: false.</value>
    public bool StripEcho { get; init; }

    /// <summary>Checks every option by itself, and those that belong together against each other.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The option named is out of its range.</exception>
    public void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(RegistersPerRead, 1, nameof(RegistersPerRead));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(RegistersPerRead, ProtocolRegistersPerRead, nameof(RegistersPerRead));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ConnectTimeout, TimeSpan.Zero, nameof(ConnectTimeout));
        ArgumentOutOfRangeException.ThrowIfLessThan(ConnectDelay, TimeSpan.Zero, nameof(ConnectDelay));
        ArgumentOutOfRangeException.ThrowIfLessThan(RequestGap, TimeSpan.Zero, nameof(RequestGap));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ResponseTimeout, TimeSpan.Zero, nameof(ResponseTimeout));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(LeastResponseTimeout, TimeSpan.Zero, nameof(LeastResponseTimeout));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(LeastResponseTimeout, MostResponseTimeout, nameof(LeastResponseTimeout));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ResponseTimeout, MostResponseTimeout, nameof(ResponseTimeout));
    }
}
