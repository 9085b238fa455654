namespace Flip.Edge.Commissioning;

/// <summary>How far the commissioning is. Every state is persistent.</summary>
internal enum CommissioningState
{
    /// <summary>For a trigger, for a device, or for the clock.</summary>
    Waiting,

    /// <summary>The nameplates are being read.</summary>
    Reading,

    /// <summary>The request is frozen in the outbox and waits for its next try.</summary>
    Queued,

    /// <summary>A try is under way, or was when the power went: its outcome is unknown.</summary>
    Sending,

    /// <summary>Flip has the site.</summary>
    Commissioned,

    /// <summary>A person is needed; the reason says for what.</summary>
    Attention,
}

/// <summary>Why the commissioning is where it is.</summary>
/// <param name="Code">Stable, snake_case.</param>
/// <param name="Sentence">For a person; never with homeowner data or a secret.</param>
internal sealed record StateReason(string Code, string Sentence)
{
    private const string Unstarted = "waiting for someone to start the commissioning";

    public static readonly StateReason Trigger = new("trigger", $"{Unstarted}: run flip-edge commission");

    public static readonly StateReason Requested = new("requested", "the commissioning was started; the devices are read next");

    public static readonly StateReason Clock = new("clock", "waiting for the clock: it shows a time before this software was built; it goes on once the time is set (NTP)");

    public static readonly StateReason Date = new("clock",
        "waiting for the clock: it is not synchronised, and the install date would be wrong; it goes on once the time is set (NTP). "
        + "Without NTP, set Devices:…:InstallDate and run flip-edge reload, or set Gateway:Clock to as_set and restart the service");

    public static readonly StateReason Reconciling = new("reconciling", "asking Flip whether it has the site already");

    public static readonly StateReason Reading = new("reading", "reading the nameplates");

    /// <summary>Whether nobody has started it, and there is no more to say of it.</summary>
    public bool IsUnstarted => Code == Trigger.Code && Sentence.StartsWith(Unstarted, StringComparison.Ordinal);

    /// <summary><see cref="Trigger"/> with the button, as it is at this moment.</summary>
    /// <param name="isBound">Whether there is one that is listened to; null where none is configured.</param>
    public static string Start(bool? isBound) => isBound switch
    {
        true => $"{Unstarted}: press the button, or run flip-edge commission",
        false => $"{Unstarted}: run flip-edge commission; the button is not bound, and a press would not be seen",
        null => Trigger.Sentence,
    };

    public static StateReason Device(string sentence) => new("device", $"waiting for the device: {sentence}");
}

/// <summary>The whole of what is known of the commissioning, as it is on the disk.</summary>
/// <param name="State">How far it is.</param>
/// <param name="Reason">Why it is there.</param>
/// <param name="Since">When it came there.</param>
/// <param name="RequestedAt">When somebody asked, until the request is frozen.</param>
/// <param name="RequestedBy">Who asked: <c>local</c>, <c>automatic</c>, <c>button</c>.</param>
/// <param name="Outbox">The newest frozen request.</param>
internal sealed record CommissioningRecord(
    CommissioningState State, StateReason? Reason, DateTimeOffset Since, DateTimeOffset? RequestedAt, string? RequestedBy, OutboxEntry? Outbox)
{
    public bool IsRequested => RequestedAt is not null;

    /// <summary>True while a frozen request has no final answer.</summary>
    public bool IsInFlight => Outbox is { IsSettled: false };

    /// <summary>True while a frozen request can't go on without a person: <c>invalid</c>, <c>conflict</c>, <c>incomplete</c>, <c>lost</c>.</summary>
    public bool IsWaitingForAPerson => State == CommissioningState.Attention && Outbox is { IsSettled: false, NextAttemptAt: null } && !LacksCredential;

    /// <summary>
    /// True while a frozen request is held because the gateway has nothing to show Flip: no try is made or counted, and it goes on by itself. After
    /// a refusal of Flip's, by contrast, a next try is due.
    /// </summary>
    public bool LacksCredential => State == CommissioningState.Attention && Reason?.Code == "unauthorized" && Outbox is { IsSettled: false, NextAttemptAt: null };

    /// <summary>
    /// True while a refused credential holds up a request of which nothing can have reached Flip. It is tried again by itself, but what
    /// is wrong may be the request: a relay refuses the site that is not the gateway's, as docs/security.md asks of it.
    /// </summary>
    public bool IsHeldUp => State == CommissioningState.Attention && Reason?.Code == "unauthorized" && Outbox is { IsSettled: false, MustAsk: false };

    /// <summary>Whether other settings than those that the open request was made from may take its place.</summary>
    /// <param name="settingsDigest">Digest of the settings as they are now.</param>
    public bool IsReplaceableBy(string settingsDigest) =>
        (IsWaitingForAPerson || IsHeldUp) && Outbox!.SettingsDigest != settingsDigest;
}

/// <summary>A frozen request and the story of its tries.</summary>
/// <param name="Key">Its identity.</param>
/// <param name="Body">The bytes that every try sends; null once they were deleted, or when they were lost with the database.</param>
/// <param name="Digest">SHA-256 of the body.</param>
/// <param name="SettingsDigest">SHA-256 of the settings it was made from, to see whether a person changed them.</param>
/// <param name="SiteId">Site id in the body.</param>
/// <param name="Devices">The devices in the body.</param>
/// <param name="FrozenAt">When.</param>
/// <param name="Attempts">Tries begun.</param>
/// <param name="UnknownTries">Tries that may have reached Flip without an answer that tells, since Flip last said that it has no such site.</param>
/// <param name="LastOutcome">Name of the last try's outcome; null while it is unknown.</param>
/// <param name="LastDetail">What there is to say of it.</param>
/// <param name="NextAttemptAt">A hint in wall time; waiting itself is monotonic.</param>
/// <param name="SettledAt">When it ended; null while a further try may be made.</param>
internal sealed record OutboxEntry(
    string Key, byte[]? Body, string Digest, string SettingsDigest, string SiteId, IReadOnlyList<CommissionedDevice> Devices,
    DateTimeOffset FrozenAt, int Attempts, int UnknownTries, string? LastOutcome, string? LastDetail, DateTimeOffset? NextAttemptAt,
    DateTimeOffset? SettledAt)
{
    /// <summary>True once no further try will be made.</summary>
    public bool IsSettled => SettledAt is not null;

    /// <summary><c>commissioned</c> or <c>withdrawn</c>; null while it is open.</summary>
    public string? SettledAs { get; init; }

    /// <summary>Whether <see cref="NextAttemptAt"/> is what Flip asked for, and not our own back-off.</summary>
    public bool IsAskedToWait { get; init; }

    /// <summary>Answers 409.</summary>
    public int Conflicts { get; init; }

    /// <summary><c>commissioned</c> where the database was lost and the identity mirror said so, until Flip is asked; else null.</summary>
    public string? RecoveredAs { get; init; }

    /// <summary>True when Flip may have the site already: it is asked before anything is sent.</summary>
    public bool MustAsk => UnknownTries > 0 || LastOutcome == "conflict" || RecoveredAs is not null;
}

/// <summary>A device as it stands in the frozen request; no homeowner data.</summary>
/// <param name="Id">The OEM's id.</param>
/// <param name="SerialNumber">Serial number.</param>
/// <param name="CapacityWh">Capacity, Wh.</param>
/// <param name="MaxChargeW">Charge power, W.</param>
/// <param name="MaxDischargeW">Discharge power, W.</param>
internal sealed record CommissionedDevice(string Id, string SerialNumber, decimal CapacityWh, decimal MaxChargeW, decimal MaxDischargeW);
