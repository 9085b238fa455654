using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Flip.Edge.Button;
using Flip.Edge.Commissioning;
using Flip.Edge.Configuration;
using Flip.Edge.Leds;
using Flip.Edge.Storage;

namespace Flip.Edge.Status;

/// <summary>The status as the local endpoint gives it. Snake_case, without homeowner data.</summary>
internal sealed record EdgeStatus(
    string GatewayId, string Version, CommissioningStatus Commissioning, string SiteId, IReadOnlyList<DeviceStatusLine> Devices,
    EnrollmentStatusLine? Enrollment, EnrollmentCheckLine? EnrollmentCheck, MqttStatus Mqtt, ClockStatus Clock, StorageStatus Storage)
{
    /// <summary>What the gateway shows Flip; null in the answer of an older daemon.</summary>
    public CredentialStatus? Credential { get; init; }

    /// <summary>Whether a person is needed: for the commissioning, now or as soon as somebody starts it, or for a configuration that a reload refused.</summary>
    [JsonIgnore]
    public bool NeedsPerson => Commissioning.State == "attention" || (Commissioning.State != "commissioned" && Credential?.Reason is not null) || Configuration?.State == "refused";

    /// <summary>Whether the configuration in use is that of the files; null in the answer of an older daemon.</summary>
    public ConfigurationStatus? Configuration { get; init; }

    /// <summary>Each configured button; absent where none is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ButtonBinding>? Button { get; init; }

    /// <summary>Workers that fail and are tried again by themselves; absent where none does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FailingWorkerLine>? Failing { get; init; }

    /// <summary>The configured LED; absent where none is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LedStatus? Led { get; init; }
}

/// <param name="State"><c>waiting</c>, <c>reading</c>, <c>queued</c>, <c>sending</c>, <c>commissioned</c> or <c>attention</c>.</param>
/// <param name="ReasonCode">Why, for programs.</param>
/// <param name="Reason">Why, for people.</param>
/// <param name="Since">When it came there.</param>
/// <param name="Requested">Whether somebody has triggered it.</param>
/// <param name="Attempts">Tries begun.</param>
/// <param name="NextAttemptAt">When the next try is due, as far as the clock can tell; null while one is under way.</param>
/// <param name="LastOutcome">Outcome of the last try; null before the first, and while one is under way.</param>
/// <param name="RequestSha256">Digest of the frozen request.</param>
internal sealed record CommissioningStatus(
    string State, string? ReasonCode, string? Reason, DateTimeOffset Since, bool Requested, int Attempts, DateTimeOffset? NextAttemptAt,
    string? LastOutcome, string? RequestSha256)
{
    /// <summary>What else a person should mend at this gateway, so that whoever only follows this learns of it too; absent where there is nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TroubleLine>? Trouble { get; init; }
}

/// <param name="Worker">Which: <c>commissioning</c>, <c>enrollment</c>, <c>OTLP metrics</c> or <c>OTLP log</c>.</param>
/// <param name="Since">When it began to fail; it has not worked since.</param>
/// <param name="Reason">What it fails with, masked; its type alone for whoever is not of the service's group.</param>
internal sealed record FailingWorkerLine(string Worker, DateTimeOffset Since, string Reason);

/// <param name="Code"><c>credential</c>, <c>configuration</c>, <c>storage</c>, <c>worker</c>, <c>button</c> or <c>led</c>, for programs.</param>
/// <param name="Sentence">What is wrong and what to do, for people.</param>
internal sealed record TroubleLine(string Code, string Sentence);

/// <param name="State"><c>used</c>, <c>refused</c>: the last reload found errors, or <c>restart_needed</c>.</param>
/// <param name="Reason">Why it is not used, and what to do, for people.</param>
/// <param name="RefusedAt">When the reload was refused.</param>
/// <param name="Errors">How many errors it found.</param>
/// <param name="NeedRestart">Sections that were changed, and are only used after a restart.</param>
internal sealed record ConfigurationStatus(string State, string? Reason, DateTimeOffset? RefusedAt, int Errors, IReadOnlyList<string> NeedRestart)
{
    /// <param name="state">How it stands.</param>
    /// <param name="isForEverybody">Whether to leave out what stands in the file.</param>
    public static ConfigurationStatus Of(ConfigurationState state, bool isForEverybody = false) => new(
        state.Refusal is not null ? "refused" : state.NeedRestart.Count > 0 ? "restart_needed" : "used",
        isForEverybody ? state.Brief : state.Sentence, state.Refusal?.At, state.Refusal?.Errors.All ?? 0, state.NeedRestart);
}

/// <param name="Id">The OEM's id.</param>
/// <param name="Endpoint">Where it answers.</param>
/// <param name="State">What came of the last reading.</param>
/// <param name="Reason">Why it is not ok.</param>
/// <param name="Drift">What differs from what was commissioned; empty when nothing does.</param>
internal sealed record DeviceStatusLine(string Id, string Endpoint, string State, string? Reason, IReadOnlyList<string> Drift)
{
    /// <summary>What a person has to type or confirm, one by one, of which the reason is made; absent where there is nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Needs { get; init; }
}

/// <summary>The enrollment without the answers to a program's form, which may hold the homeowner's account number.</summary>
internal sealed record EnrollmentStatusLine(
    string? Status, string? StatusReason, string Advice, string? Id, string? ProgramId, string? ProgramName, string? EnrollMethod,
    IReadOnlyList<string>? DeviceIds, string? EnrolledAt, string? UnenrolledAt, long Version, DateTimeOffset RecordedAt);

/// <summary>How fresh the enrollment is.</summary>
/// <param name="CheckedAt">When Flip last confirmed it; null when that is not known.</param>
/// <param name="AgeSeconds">How long ago that was.</param>
/// <param name="LastOutcome"><c>unchanged</c>, <c>changed</c>, <c>site_unknown</c>, or what failed.</param>
/// <param name="Reason">Why the last question came to nothing.</param>
/// <param name="NextAt">When Flip is asked next, as far as the clock can tell.</param>
internal sealed record EnrollmentCheckLine(DateTimeOffset? CheckedAt, long? AgeSeconds, string? LastOutcome, string? Reason, DateTimeOffset? NextAt);

/// <param name="Connected">Whether the broker is connected.</param>
/// <param name="Enabled">Whether there shall be one; null in the answer of an older daemon.</param>
/// <param name="Reason">Why it is not connected: a sentence.</param>
internal sealed record MqttStatus(bool Connected, bool? Enabled = null, string? Reason = null);

/// <param name="Trusted">False while the clock shows a time before the build.</param>
/// <param name="Synchronized">Whether it was set by NTP or a hardware clock; null when nobody can tell.</param>
internal sealed record ClockStatus(bool Trusted, bool? Synchronized);

/// <param name="State"><c>ok</c>, or <c>failing</c> while nothing can be written, or read.</param>
/// <param name="Reason">Why it is failing, for people.</param>
/// <param name="FailingSince">Since when.</param>
/// <param name="Recovered">What the start had to do about a damaged file; null when everything was in order.</param>
/// <param name="PutAside">The damaged database as it is kept.</param>
internal sealed record StorageStatus(string State, string? Reason, DateTimeOffset? FailingSince, string? Recovered, string? PutAside)
{
    public static StorageStatus Of(StorageHealth health) =>
        new(health.IsFailing ? "failing" : "ok", health.Failure, health.FailingSince, health.Recovered?.Sentence, health.Recovered?.PutAside);
}

/// <summary>Body of the topic <c>enrollment</c> and of <c>GET /api/v1/enrollment</c>.</summary>
internal sealed record EnrollmentDocument(
    string SiteId, IReadOnlyList<string> DeviceIds, EnrollmentStatusLine? Enrollment, IReadOnlyList<ProgramLine> Programs, long Version, DateTimeOffset RecordedAt, DateTimeOffset? CheckedAt);

internal sealed record ProgramLine(string? Id, string? Name, bool? CanAutoEnroll, decimal? MinimumReservePercentage, IReadOnlyList<int>? ParticipationMonths);

/// <summary>The event <c>installer_window</c>: when it was opened, and by whom.</summary>
internal sealed record InstallerWindowEvent(DateTimeOffset OpenedAt, string By);

/// <summary>Answer to a trigger.</summary>
internal sealed record TriggerReply(string Result, CommissioningStatus Commissioning);

/// <summary>Answer to a reload.</summary>
/// <param name="Result"><c>reloaded</c>.</param>
/// <param name="NeedRestart">Sections that were changed, and are only used after a restart.</param>
/// <param name="SiteIsGiven">Whether site data that were given over the socket still stand in place of the configuration's.</param>
/// <param name="Commissioning">Where it stands now.</param>
/// <param name="Copied">Files that need a person, and are used only after a restart, for systemd copied them at the start; null from an older daemon.</param>
internal sealed record ReloadReply(string Result, IReadOnlyList<string> NeedRestart, bool SiteIsGiven, CommissioningStatus Commissioning, IReadOnlyList<string>? Copied);

/// <summary>One frozen request of the history; no homeowner data.</summary>
internal sealed record HistoryLine(
    string Key, string RequestSha256, string SiteId, IReadOnlyList<string> DeviceIds, DateTimeOffset FrozenAt, int Attempts, int UnknownTries,
    int Conflicts, string? LastOutcome, string? LastDetail, string? RecoveredAs, DateTimeOffset? SettledAt, string? SettledAs);

/// <summary>RFC 9457.</summary>
internal sealed record Problem(string Type, string Title, int Status, string Detail)
{
    /// <summary>One sentence for each thing that is wrong, where that is the configuration; null elsewhere.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Errors { get; init; }

    /// <summary>How many there are besides <see cref="Errors"/>; absent where those are all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int MoreErrors { get; init; }
}

// Metadata alone: the handlers that are generated beside it serve no options with an encoder or a converter, and would be dead weight in the binary.
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(EdgeStatus))]
[JsonSerializable(typeof(CommissioningStatus))]
[JsonSerializable(typeof(EnrollmentDocument))]
[JsonSerializable(typeof(TriggerReply))]
[JsonSerializable(typeof(ReloadReply))]
[JsonSerializable(typeof(IReadOnlyList<HistoryLine>))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(InstallerWindowEvent))]
internal sealed partial class StatusJson : JsonSerializerContext
{
    /// <summary>Quotes stay quotes: this JSON is read by people with curl, and never goes into a page.</summary>
    public static StatusJson Readable { get; } =
        new(new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters = { new UtcTextConverter() },
        });
}
