using Flip.Edge.Configuration;
using Flip.Edge.Devices.Nameplates;

namespace Flip.Edge.Monitoring;

/// <summary>What came of the last attempt to read a device's nameplate.</summary>
internal enum DeviceState
{
    /// <summary>Not read yet.</summary>
    Unknown,

    /// <summary>Read, complete and plausible.</summary>
    Ok,

    /// <summary>No connection, or no answer.</summary>
    Unreachable,

    /// <summary>It answers, but is not what the profile expects.</summary>
    Unreadable,

    /// <summary>Read, but a person has to type or confirm something.</summary>
    NeedsInput,
}

/// <summary>A device as last seen.</summary>
/// <param name="Device">Its settings.</param>
/// <param name="State">What came of the last reading.</param>
/// <param name="Reason">Why it is not ok: a sentence.</param>
/// <param name="Nameplate">The last nameplate that could be read, overrides applied; older than the reason when there is one.</param>
/// <param name="Ticket">The newest request for a reading that this answers.</param>
internal sealed record DeviceStatus(DeviceSettings Device, DeviceState State, string? Reason, Nameplate? Nameplate, long Ticket)
{
    /// <summary>What a person has to type or confirm, one by one; empty in other states.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    public static string Name(DeviceState state) => state switch
    {
        DeviceState.Ok => "ok",
        DeviceState.Unreachable => "unreachable",
        DeviceState.Unreadable => "unreadable",
        DeviceState.NeedsInput => "needs_input",
        _ => "unknown",
    };
}
