using System.Text.Json;

namespace Flip.Edge.Storage;

/// <summary>The state and the newest request in one row, as far as the mirror needs them.</summary>
internal sealed class IdentityRow
{
    public long Generation { get; set; }

    public string State { get; set; } = "";

    public string? RequestedAt { get; set; }

    public string? RequestedBy { get; set; }

    public string? Key { get; set; }

    public string? BodySha256 { get; set; }

    public string? SettingsSha256 { get; set; }

    public string? SiteId { get; set; }

    public string? Devices { get; set; }

    public string? FrozenRequestedAt { get; set; }

    public string? FrozenRequestedBy { get; set; }

    public string? FrozenAt { get; set; }

    public string? SettledAt { get; set; }

    public string? RecoveredAs { get; set; }

    public long EnrollmentVersion { get; set; }

    public Identity ToIdentity() => new(
        Generation,
        Phase,
        EdgeDatabase.TimeOrNull(RequestedAt ?? FrozenRequestedAt),
        RequestedAt is null ? FrozenRequestedBy : RequestedBy,
        Key, BodySha256, SettingsSha256, SiteId,
        EdgeDatabase.TimeOrNull(FrozenAt),
        Devices is null ? [] : JsonSerializer.Deserialize(Devices, StorageJson.Default.IReadOnlyListCommissionedDevice) ?? [],
        EnrollmentVersion);

    // A request that waits for a person counts as in flight: only Flip knows what became of it. One that was rebuilt from the mirror
    // stays what the mirror said until Flip has been asked.
    private IdentityPhase Phase => Key is not null && SettledAt is null
        ? RecoveredAs == IdentityRecovery.AsCommissioned ? IdentityPhase.Commissioned : IdentityPhase.InFlight
        : RequestedAt is not null ? IdentityPhase.Requested
        : State == "commissioned" ? IdentityPhase.Commissioned
        : IdentityPhase.Idle;
}
