using System.Text.Json;
using System.Text.Json.Serialization;
using Flip.Edge.Commissioning;

namespace Flip.Edge.Storage;

/// <summary>The row of table <c>commissioning</c>.</summary>
internal sealed class CommissioningRow
{
    public string State { get; set; } = "";

    public string? ReasonCode { get; set; }

    public string? Reason { get; set; }

    public string Since { get; set; } = "";

    public string? RequestedAt { get; set; }

    public string? RequestedBy { get; set; }

    public CommissioningRecord ToRecord(OutboxEntry? outbox) => new(
        Enum.Parse<CommissioningState>(State, ignoreCase: true),
        ReasonCode is null || Reason is null ? null : new(ReasonCode, Reason),
        EdgeDatabase.Time(Since),
        EdgeDatabase.TimeOrNull(RequestedAt),
        RequestedBy,
        outbox);
}

/// <summary>A row of table <c>outbox</c>.</summary>
internal sealed class OutboxRow
{
    public string Key { get; set; } = "";

    public byte[]? Body { get; set; }

    public string Digest { get; set; } = "";

    public string SettingsDigest { get; set; } = "";

    public string SiteId { get; set; } = "";

    public string Devices { get; set; } = "";

    public string FrozenAt { get; set; } = "";

    public long Attempts { get; set; }

    public long UnknownTries { get; set; }

    public string? LastOutcome { get; set; }

    public string? LastDetail { get; set; }

    public string? NextAttemptAt { get; set; }

    public string? SettledAt { get; set; }

    public string? SettledAs { get; set; }

    public long AskedToWait { get; set; }

    public long Conflicts { get; set; }

    public string? RecoveredAs { get; set; }

    public OutboxEntry ToEntry() => new(
        Key, Body, Digest, SettingsDigest, SiteId,
        JsonSerializer.Deserialize(Devices, StorageJson.Default.IReadOnlyListCommissionedDevice) ?? [],
        EdgeDatabase.Time(FrozenAt), (int)Attempts, (int)UnknownTries, LastOutcome, LastDetail, EdgeDatabase.TimeOrNull(NextAttemptAt), EdgeDatabase.TimeOrNull(SettledAt))
    {
        SettledAs = SettledAs,
        IsAskedToWait = AskedToWait != 0,
        Conflicts = (int)Conflicts,
        RecoveredAs = RecoveredAs,
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(IReadOnlyList<CommissionedDevice>))]
internal sealed partial class StorageJson : JsonSerializerContext;
