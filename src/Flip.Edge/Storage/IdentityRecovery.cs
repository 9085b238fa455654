using System.Text.Json;
using Dapper;
using Flip.Edge.Commissioning;
using Microsoft.Data.Sqlite;

namespace Flip.Edge.Storage;

/// <summary>
/// Brings a new or outdated database to where the mirror knows the gateway to be. It claims nothing: a request that may be at Flip, and one
/// that was, become a request whose outcome is unknown, and the commissioning asks Flip.
/// </summary>
internal static class IdentityRecovery
{
    /// <summary>Value of <c>outbox.recovered_as</c> for a request that Flip had confirmed.</summary>
    public const string AsCommissioned = "commissioned";

    /// <summary>The row that every database has.</summary>
    public static void Begin(SqliteConnection connection, StateReason reason, DateTimeOffset now) => connection.Execute(
        "INSERT INTO commissioning (id, state, reason_code, reason, since) VALUES (1, 'waiting', @Code, @Sentence, @Now) ON CONFLICT DO NOTHING",
        new { reason.Code, reason.Sentence, Now = EdgeDatabase.Text(now) });

    /// <summary>Applies the mirror's phase to the database, in the caller's transaction.</summary>
    /// <param name="connection">The database; it has its row.</param>
    /// <param name="mirror">An identity that is newer than the database.</param>
    /// <param name="found">What was wrong with the database, for a person.</param>
    /// <param name="now">The time.</param>
    public static void Apply(SqliteConnection connection, Identity mirror, string found, DateTimeOffset now)
    {
        string at = EdgeDatabase.Text(now);
        Identity database = Identity.Of(connection);
        bool hasRequest = mirror.Phase is IdentityPhase.InFlight or IdentityPhase.Commissioned;
        // Any other open request was settled in what is lost.
        connection.Execute(
            "UPDATE outbox SET body = NULL, next_attempt_at = NULL, settled_at = @at, settled_as = 'withdrawn' WHERE settled_at IS NULL AND key IS NOT @key",
            new { at, key = hasRequest ? mirror.Key : null });
        if (!hasRequest)
        {
            bool isRequested = mirror.Phase == IdentityPhase.Requested;
            Move(connection, isRequested ? StateReason.Requested : StateReason.Trigger, CommissioningState.Waiting, isRequested ? mirror : null, at);
        }
        else if (mirror.Phase != IdentityPhase.Commissioned || database.Phase != mirror.Phase || database.Key != mirror.Key)
        {
            Rebuild(connection, mirror, at);
            Move(connection, new("recovering", $"{found}. Flip is asked what became of the request"), CommissioningState.Queued, null, at);
        }

        Continue(connection, mirror);
    }

    private static void Move(SqliteConnection connection, StateReason reason, CommissioningState state, Identity? requested, string at) => connection.Execute(
        """
        UPDATE commissioning SET state = @State, reason_code = @Code, reason = @Sentence, since = @at, requested_at = @RequestedAt, requested_by = @RequestedBy
        WHERE id = 1
        """,
        new
        {
            State = state.ToString().ToLowerInvariant(),
            reason.Code,
            reason.Sentence,
            at,
            RequestedAt = requested?.RequestedAt is { } since ? EdgeDatabase.Text(since) : null,
            requested?.RequestedBy,
        });

    private static void Rebuild(SqliteConnection connection, Identity mirror, string at)
    {
        // With its type spelled out: Dapper.AOT can't see what another generator makes.
        string devices = JsonSerializer.Serialize(mirror.Devices, StorageJson.Default.IReadOnlyListCommissionedDevice);
        connection.Execute(
            """
            INSERT INTO outbox (key, body_sha256, settings_sha256, site_id, devices, requested_at, requested_by, frozen_at, unknown_tries, recovered_as)
            VALUES (@Key, @BodySha256, @SettingsSha256, @SiteId, @Devices, @RequestedAt, @RequestedBy, @FrozenAt, 1, @RecoveredAs)
            ON CONFLICT (key) DO UPDATE SET
                body = CASE WHEN body_sha256 = excluded.body_sha256 THEN body END, body_sha256 = excluded.body_sha256,
                unknown_tries = MAX(unknown_tries, 1), recovered_as = excluded.recovered_as, next_attempt_at = NULL,
                settled_at = NULL, settled_as = NULL
            """,
            new
            {
                mirror.Key,
                mirror.BodySha256,
                mirror.SettingsSha256,
                mirror.SiteId,
                Devices = devices,
                RequestedAt = mirror.RequestedAt is { } requestedAt ? EdgeDatabase.Text(requestedAt) : at,
                RequestedBy = mirror.RequestedBy ?? "",
                FrozenAt = mirror.FrozenAt is { } frozenAt ? EdgeDatabase.Text(frozenAt) : at,
                RecoveredAs = mirror.Phase == IdentityPhase.Commissioned ? AsCommissioned : null,
            });
    }

    /// <summary>Goes on counting where the mirror is: a version that was given out once never comes again with another content.</summary>
    public static void Continue(SqliteConnection connection, Identity mirror)
    {
        connection.Execute(
            """
            INSERT INTO sqlite_sequence (name, seq) SELECT 'enrollment', 0
            WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'enrollment')
            """);
        connection.Execute("UPDATE sqlite_sequence SET seq = MAX(seq, @EnrollmentVersion) WHERE name = 'enrollment'", new { mirror.EnrollmentVersion });
        connection.Execute("UPDATE mirror SET generation = @Generation WHERE id = 1", new { mirror.Generation });
    }
}
