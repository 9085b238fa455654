namespace Flip.Edge.Modbus;

/// <summary>
/// What a device answered to every read of a walk: evidence for support, and what a simulator needs to answer in the device's place. It holds raw
/// registers and nothing else of the site; a serial number is among them.
/// </summary>
/// <param name="Device">Name of the device, for people.</param>
/// <param name="Endpoint">Where it answered.</param>
/// <param name="WalkedAt">When.</param>
/// <param name="Reads">Every read, in order; of two that ask for the same the later counts.</param>
public sealed record RegisterWalk(string Device, string Endpoint, DateTimeOffset WalkedAt, IReadOnlyList<WalkRead> Reads)
{
    /// <summary>The profile with which it was read; null when nobody found out what it is.</summary>
    public string? Profile { get; init; }

    /// <summary>Why the walk is not whole: a failure, or a bound that was reached; null when it is.</summary>
    public string? Stopped { get; init; }
}
