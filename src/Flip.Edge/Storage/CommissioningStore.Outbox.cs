using System.Text.Json;
using Dapper;
using Flip.Edge.Commissioning;
using Microsoft.Data.Sqlite;

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
    /// <param name="key">The request.</param>
    /// <param name="flipHasNoSite">Whether Flip has just said so: then none of the earlier tries arrived.</param>
    /// <returns>False when the request was given up meanwhile: it must not be sent any more.</returns>
    public bool BeginAttempt(string key, bool flipHasNoSite = false)
    {
        bool begins = false;
        Commit(connection =>
        {
            begins = connection.Execute(
                """
                UPDATE outbox SET attempts = attempts + 1, unknown_tries = CASE WHEN @None THEN 1 ELSE unknown_tries + 1 END,
                                  last_outcome = NULL, last_detail = NULL, next_attempt_at = NULL, asked_to_wait = 0
                WHERE key = @Key AND settled_at IS NULL
                """,
                new { Key = key, None = flipHasNoSite }) > 0;
            if (begins) Move(connection, CommissioningState.Sending, new("sending", "sending the request to Flip"));
        });
        return begins;
    }

    /// <summary>Notes the outcome of a try and when the next one is due; null when it is due at once, or a person has to act first.</summary>
    public void EndAttempt(string key, TryResult result, NextTry next, CommissioningState state, StateReason reason)
    {
        Commit(connection =>
        {
            connection.Execute(
                """
                UPDATE outbox SET last_outcome = @Outcome, last_detail = @Detail, next_attempt_at = @Next, asked_to_wait = @Asked,
                                  unknown_tries = unknown_tries - @Known, conflicts = conflicts + @Conflict
                WHERE key = @Key
                """,
                new
                {
                    Key = key,
                    result.Outcome,
                    result.Detail,
                    Next = next.At is { } at ? EdgeDatabase.Text(at) : null,
                    Asked = next.IsFlipsWish ? 1 : 0,
                    Known = result.MayHaveArrived ? 0 : 1,
                    Conflict = result.Outcome == "conflict" ? 1 : 0,
                });
            Move(connection, state, reason);
        });
    }

    /// <summary>
    /// Notes that Flip could not be asked, or what it said needs a person. What is known of the tries stays as it is.
    /// </summary>
    public void EndInquiry(string key, NextTry next, CommissioningState state, StateReason reason)
    {
        Commit(connection =>
        {
            connection.Execute(
                "UPDATE outbox SET next_attempt_at = @Next, asked_to_wait = @Asked WHERE key = @Key",
                new { Key = key, Next = next.At is { } at ? EdgeDatabase.Text(at) : null, Asked = next.IsFlipsWish ? 1 : 0 });
            Move(connection, state, reason);
        });
    }

    /// <summary>
    /// Flip has the site: settles the request, deletes its body and what a person gave of the site, and records the enrollment, in one
    /// transaction.
    /// </summary>
    /// <returns>Version of the enrollment.</returns>
    public long Commissioned(string key, string detail, string enrollmentState)
    {
        long version = 0;
        Commit(connection =>
        {
            string now = EdgeDatabase.Text(_time.GetUtcNow());
            connection.Execute(
                """
                UPDATE outbox SET body = NULL, last_outcome = 'commissioned', last_detail = @Detail, next_attempt_at = NULL, asked_to_wait = 0,
                                  unknown_tries = 0, settled_at = @Now, settled_as = 'commissioned'
                WHERE key = @Key
                """,
                new { Key = key, Detail = detail, Now = now });
            connection.Execute("DELETE FROM site_data");
            version = EnrollmentStore.AppendIfChanged(connection, now, enrollmentState);
            Move(connection, CommissioningState.Commissioned, null);
        });
        return version;
    }

    /// <summary>Takes what was deleted out of the write-ahead log too. Call it after each settlement; it may be repeated.</summary>
    public void Forget() => _database.EmptyLog();

    /// <summary>
    /// Gives a request up, after a person changed what it was made from, and asks for a new one in the same transaction: the wish to
    /// commission is never lost. The digest of the old one stays as history.
    /// </summary>
    /// <returns>False when it was settled already, by somebody who was quicker: then nothing is changed.</returns>
    public bool Supersede(string key, string by, StateReason reason) => Supersede(key, by, reason, whileIn: null);

    /// <summary>
    /// <see cref="Supersede(string, string, StateReason)"/> for those who look from outside: only while the request still needs attention.
    /// Of two who do so at once the second does nothing, and a try that has just begun goes on.
    /// </summary>
    /// <returns>Whether it was given up.</returns>
    public bool Withdraw(string key, string by) => Supersede(key, by, StateReason.Requested, Name(CommissioningState.Attention));

    private bool Supersede(string key, string by, StateReason reason, string? whileIn)
    {
        bool isOpen = false;
        Commit(connection =>
        {
            string now = EdgeDatabase.Text(_time.GetUtcNow());
            isOpen = connection.Execute(
                """
                UPDATE outbox SET body = NULL, next_attempt_at = NULL, asked_to_wait = 0, settled_at = @Now, settled_as = 'withdrawn'
                WHERE key = @Key AND settled_at IS NULL AND (@WhileIn IS NULL OR EXISTS (SELECT 1 FROM commissioning WHERE state = @WhileIn))
                """,
                new { Key = key, Now = now, WhileIn = whileIn }) > 0;
            if (!isOpen) return;
            connection.Execute("UPDATE commissioning SET requested_at = @Now, requested_by = @By WHERE id = 1", new { Now = now, By = by });
            Move(connection, CommissioningState.Waiting, reason);
        });
        if (isOpen) ForgetInTime();
        return isOpen;
    }

    // What was given up is given up. A log that can't be emptied now is noted as a failing disk, and StorageWatch empties it.
    private void ForgetInTime()
    {
        try
        {
            Forget();
        }
        catch (Exception later) when (later is SqliteException or StorageException && _database.Health.IsFailing)
        {
        }
    }

    /// <summary>Every frozen request, the newest first.</summary>
    public IReadOnlyList<OutboxEntry> History() =>
        [.. _database.Read<IReadOnlyList<OutboxRow>>(connection => [.. connection.Query<OutboxRow>(
            """
            SELECT key AS Key, NULL AS Body, body_sha256 AS Digest, settings_sha256 AS SettingsDigest, site_id AS SiteId, devices AS Devices,
                   frozen_at AS FrozenAt, attempts AS Attempts, unknown_tries AS UnknownTries, last_outcome AS LastOutcome, last_detail AS LastDetail,
                   next_attempt_at AS NextAttemptAt, settled_at AS SettledAt, settled_as AS SettledAs, asked_to_wait AS AskedToWait,
                   conflicts AS Conflicts, recovered_as AS RecoveredAs
            FROM outbox ORDER BY sequence DESC
            """)]).Select(row => row.ToEntry())];
}

/// <summary>What is kept of a try.</summary>
/// <param name="Outcome">Name of the outcome.</param>
/// <param name="Detail">What there is to say of it, bounded and without homeowner data.</param>
/// <param name="MayHaveArrived">Whether Flip may have created the site on this try.</param>
internal sealed record TryResult(string Outcome, string Detail, bool MayHaveArrived);

/// <summary>When the next try is due, in wall time.</summary>
/// <param name="At">Null: at once, or after a person acted.</param>
/// <param name="IsFlipsWish">Whether Flip asked for this wait.</param>
internal readonly record struct NextTry(DateTimeOffset? At, bool IsFlipsWish)
{
    public static readonly NextTry None;
}
