using System.Text.Json;
using Dapper;
using Flip.Edge.Commissioning;

namespace Flip.Edge.Storage;

/// <content>The life of one frozen request, from the trigger to its settlement.</content>
internal sealed partial class CommissioningStore
{
    /// <summary>Freezes the request and accepts the trigger, in one transaction.</summary>
    public void Freeze(FrozenRequest frozen)
    {
        // With its type spelled out: Dapper.AOT can't see what another generator makes, and would leave the call to reflection.
        string devices = JsonSerializer.Serialize(frozen.Devices, StorageJson.Default.IReadOnlyListCommissionedDevice);
        Commit(connection =>
        {
            connection.Execute(
                """
                INSERT INTO outbox (key, body, body_sha256, settings_sha256, site_id, devices, requested_at, requested_by, frozen_at)
                SELECT @Key, unhex(@Body), @Digest, @SettingsDigest, @SiteId, @Devices, COALESCE(requested_at, @Now), COALESCE(requested_by, ''), @Now
                FROM commissioning WHERE id = 1
                """,
                new
                {
                    frozen.Key,
                    // Dapper.AOT takes a byte array for a list to be spelled out, one parameter a byte.
                    Body = Convert.ToHexString(frozen.Body),
                    frozen.Digest,
                    frozen.SettingsDigest,
                    frozen.SiteId,
                    Devices = devices,
                    Now = EdgeDatabase.Text(_time.GetUtcNow()),
                });
            connection.Execute("UPDATE commissioning SET requested_at = NULL, requested_by = NULL WHERE id = 1");
            Move(connection, CommissioningState.Queued, new("queued", "the request is frozen and about to be sent"));
        });
    }

    /// <summary>Notes that a try begins: from here on, until its outcome is noted, nobody knows whether Flip got it.</summary>
    public void BeginAttempt(string key)
    {
        Commit(connection =>
        {
            connection.Execute(
                """
                UPDATE outbox SET attempts = attempts + 1, unknown_tries = unknown_tries + 1, last_outcome = NULL, last_detail = NULL,
                                  next_attempt_at = NULL
                WHERE key = @Key
                """,
                new { Key = key });
            Move(connection, CommissioningState.Sending, new("sending", "sending the request to Flip"));
        });
    }

    /// <summary>Notes the outcome of a try and when the next one is due; null when a person has to act first.</summary>
    public void EndAttempt(string key, TryResult result, DateTimeOffset? nextAttemptAt, CommissioningState state, StateReason reason)
    {
        Commit(connection =>
        {
            connection.Execute(
                """
                UPDATE outbox SET last_outcome = @Outcome, last_detail = @Detail, next_attempt_at = @Next, unknown_tries = unknown_tries - @Known
                WHERE key = @Key
                """,
                new
                {
                    Key = key,
                    result.Outcome,
                    result.Detail,
                    Next = nextAttemptAt is { } at ? EdgeDatabase.Text(at) : null,
                    Known = result.MayHaveArrived ? 0 : 1,
                });
            Move(connection, state, reason);
        });
    }

    /// <summary>Flip has the site: settles the request, deletes its body, and records the enrollment, in one transaction.</summary>
    /// <returns>Version of the enrollment.</returns>
    public long Commissioned(string key, string detail, string enrollmentState)
    {
        long version = 0;
        Commit(connection =>
        {
            string now = EdgeDatabase.Text(_time.GetUtcNow());
            connection.Execute(
                """
                UPDATE outbox SET body = NULL, last_outcome = 'commissioned', last_detail = @Detail, next_attempt_at = NULL, settled_at = @Now
                WHERE key = @Key
                """,
                new { Key = key, Detail = detail, Now = now });
            version = EnrollmentStore.Append(connection, now, enrollmentState);
            Move(connection, CommissioningState.Commissioned, null);
        });
        return version;
    }

    /// <summary>Takes what was deleted out of the write-ahead log too. Call it after each settlement; it may be repeated.</summary>
    public void Forget() => _database.EmptyLog();

    /// <summary>Gives a refused request up, after a person changed what it was made from. Its digest stays as history.</summary>
    public void Withdraw(string key, StateReason reason)
    {
        Commit(connection =>
        {
            connection.Execute(
                "UPDATE outbox SET body = NULL, next_attempt_at = NULL, settled_at = @Now WHERE key = @Key",
                new { Key = key, Now = EdgeDatabase.Text(_time.GetUtcNow()) });
            Move(connection, CommissioningState.Waiting, reason);
        });
        Forget();
    }
}

/// <summary>What is kept of a try.</summary>
/// <param name="Outcome">Name of the outcome.</param>
/// <param name="Detail">What there is to say of it, bounded and without homeowner data.</param>
/// <param name="MayHaveArrived">Whether Flip may have created the site on this try.</param>
internal sealed record TryResult(string Outcome, string Detail, bool MayHaveArrived);
