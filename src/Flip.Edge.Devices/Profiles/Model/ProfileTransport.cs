using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.Profiles;

/// <summary>How a family is reached.</summary>
public sealed record ProfileTransport
{
    /// <summary>Modbus TCP ports, the likeliest first; empty when it speaks none.</summary>
    public IReadOnlyList<int> TcpPorts { get; init; } = [];

    /// <summary>Ports at which it speaks RTU frames over TCP.</summary>
    public IReadOnlyList<int> RtuOverTcpPorts { get; init; } = [];

    /// <summary>Serial speeds, the likeliest first; empty when it has no RS-485.</summary>
    public IReadOnlyList<int> BaudRates { get; init; } = [];

    /// <summary>Parity of the serial line.</summary>
    public SerialParity Parity { get; init; }

    /// <summary>Stop bits of the serial line.</summary>
    public int StopBits { get; init; } = 1;

    /// <summary>Where in its menus Modbus is switched on, and what has to be wired or installed; null when nothing is known.</summary>
    public string? Enable { get; init; }
}

/// <summary>Deviations from a well-behaved device, from a fixed vocabulary. What is null was not told.</summary>
public sealed record ProfileQuirks
{
    /// <summary>Time to wait after connecting.</summary>
    public ProfileQuirk<TimeSpan>? ConnectDelay { get; init; }

    /// <summary>Least time between a reply and the next request.</summary>
    public ProfileQuirk<TimeSpan>? RequestGap { get; init; }

    /// <summary>Bounds of the response time-out, which is learned between them.</summary>
    public ProfileQuirk<(TimeSpan Least, TimeSpan Most)>? ResponseTimeout { get; init; }

    /// <summary>The most registers in one read.</summary>
    public ProfileQuirk<int>? RegistersPerRead { get; init; }

    /// <summary>The widest gap between two values across which it answers; 0 when it refuses every read with a register that it lacks.</summary>
    public ProfileQuirk<int>? ReadThrough { get; init; }

    /// <summary>Its replies do not carry the request's transaction id.</summary>
    public ProfileQuirk<bool>? IgnoreTransactionId { get; init; }

    /// <summary>What is sent comes back before the reply.</summary>
    public ProfileQuirk<bool>? StripEcho { get; init; }

    /// <summary>It takes one TCP client at a time.</summary>
    public ProfileQuirk<bool>? OneClient { get; init; }

    /// <summary>It stays silent where others answer with exception 2: silence is no dead device.</summary>
    public ProfileQuirk<bool>? SilentInsteadOfException { get; init; }

    /// <summary>The word order is a setting: the point named here is plausible in only one of the two.</summary>
    public ProfileQuirk<string>? WordOrderBySetting { get; init; }

    /// <summary>Points that some models or firmwares do not serve: each is read on its own, and its absence fails nothing.</summary>
    public ProfileQuirk<IReadOnlyList<string>>? BlocksMayBeMissing { get; init; }

    /// <summary>Whole maps are known to be shifted by these numbers of registers on some firmware: the anchor is looked for there too.</summary>
    public ProfileQuirk<IReadOnlyList<int>>? AddressShifts { get; init; }
}

/// <summary>One deviation, and who saw it.</summary>
/// <param name="Value">How large, or which.</param>
/// <param name="Evidence">Where it comes from.</param>
/// <param name="Note">What to know of it, or null.</param>
public sealed record ProfileQuirk<T>(T Value, ProfileEvidence Evidence, string? Note = null);
