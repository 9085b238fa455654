using System.Text.Json.Serialization;
using Dapper;
using Flip.Edge.Commissioning;
using Microsoft.Data.Sqlite;

namespace Flip.Edge.Storage;

/// <summary>How far the commissioning is, as coarse as a gateway needs to know that has lost its database.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IdentityPhase>))]
internal enum IdentityPhase
{
    /// <summary>Nobody has asked.</summary>
    [JsonStringEnumMemberName("idle")]
    Idle,

    /// <summary>A trigger was accepted, and no request is frozen yet.</summary>
    [JsonStringEnumMemberName("requested")]
    Requested,

    /// <summary>A request is frozen and has no final answer; Flip may have it.</summary>
    [JsonStringEnumMemberName("in_flight")]
    InFlight,

    /// <summary>Flip has the site.</summary>
    [JsonStringEnumMemberName("commissioned")]
    Commissioned,
}

/// <summary>What a gateway has to know of itself to go on without its database. No homeowner data, no secret.</summary>
/// <param name="Generation">Counts the changes of the mirror; also in the database. The greater one has seen more.</param>
/// <param name="Phase">How far it is.</param>
/// <param name="RequestedAt">When somebody asked; null when nobody has.</param>
/// <param name="RequestedBy">Who.</param>
/// <param name="Key">Key of the newest request; null before the first.</param>
/// <param name="BodySha256">Digest of its body.</param>
/// <param name="SettingsSha256">Digest of the settings it was made from.</param>
/// <param name="SiteId">Site id in it.</param>
/// <param name="FrozenAt">When it was frozen.</param>
/// <param name="Devices">The devices in it.</param>
/// <param name="EnrollmentVersion">The highest version of the enrollment feed that was ever given out; 0 before the first.</param>
internal sealed record Identity(
    long Generation, IdentityPhase Phase, DateTimeOffset? RequestedAt, string? RequestedBy, string? Key, string? BodySha256, string? SettingsSha256,
    string? SiteId, DateTimeOffset? FrozenAt, IReadOnlyList<CommissionedDevice> Devices, long EnrollmentVersion)
{
    /// <summary>False for what can't have been written by us: a request without its name.</summary>
    [JsonIgnore]
    public bool IsWhole => Generation > 0
        && Devices is not null
        && Phase switch
        {
            IdentityPhase.Idle => true,
            IdentityPhase.Requested => RequestedAt is not null,
            _ => Key is not null && BodySha256 is not null && SettingsSha256 is not null && SiteId is not null,
        };

    /// <summary>What the database holds at this moment, the caller's transaction included.</summary>
    public static Identity Of(SqliteConnection connection)
    {
        IdentityRow row = connection.QuerySingle<IdentityRow>(
            """
            SELECT m.generation AS Generation, c.state AS State, c.requested_at AS RequestedAt, c.requested_by AS RequestedBy,
                   o.key AS Key, o.body_sha256 AS BodySha256, o.settings_sha256 AS SettingsSha256, o.site_id AS SiteId, o.devices AS Devices,
                   o.requested_at AS FrozenRequestedAt, o.requested_by AS FrozenRequestedBy, o.frozen_at AS FrozenAt,
                   o.settled_at AS SettledAt, o.recovered_as AS RecoveredAs,
                   COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'enrollment'), 0) AS EnrollmentVersion
            FROM commissioning c
            JOIN mirror m ON m.id = c.id
            LEFT JOIN (SELECT * FROM outbox ORDER BY sequence DESC LIMIT 1) o ON TRUE
            WHERE c.id = 1
            """);
        return row.ToIdentity();
    }
}
