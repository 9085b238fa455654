using System.Text.Json;
using Dapper;
using Flip.Edge.Commissioning;
using Microsoft.Data.Sqlite;

namespace Flip.Edge.Storage;

/// <summary>
/// The state and the outbox on the disk. Each method is one transaction: after it returned, a power cut changes nothing; before,
/// nothing happened.
/// </summary>
internal sealed class CommissioningStore
{
    private readonly EdgeDatabase _database;
    private readonly TimeProvider _time;

    private readonly ChangeSignal _changes;
    private readonly Lock _gate = new();

    public CommissioningStore(EdgeDatabase database, TimeProvider time, ChangeSignal changes)
    {
        _database = database;
        _time = time;
        _changes = changes;
        Current = _database.Write(Open);
    }

    /// <summary>What is on the disk.</summary>
    public CommissioningRecord Current { get; private set; }

    /// <summary>Keeps that somebody wants the site commissioned. Asking again changes nothing.</summary>
    /// <param name="by">Who asked.</param>
    /// <returns>True when this was the first time.</returns>
    public bool Request(string by)
    {
        bool first = false;
        Commit(connection =>
        {
            first = connection.Execute(
                """
                UPDATE commissioning SET requested_at = @Now, requested_by = @By
                WHERE id = 1 AND requested_at IS NULL AND state NOT IN ('commissioned', 'attention')
                  AND NOT EXISTS (SELECT 1 FROM outbox WHERE settled_at IS NULL)
                """,
                new { Now = EdgeDatabase.Text(_time.GetUtcNow()), By = by }) > 0;
            if (first) Move(connection, CommissioningState.Waiting, StateReason.Requested);
        });
        return first;
    }

    /// <summary>Moves to a state, or changes its reason. The same again writes nothing.</summary>
    public void Move(CommissioningState state, StateReason? reason)
    {
        if (Current.State == state && Current.Reason == reason) return;
        Commit(connection => Move(connection, state, reason));
    }

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
        _database.EmptyLog();
        return version;
    }

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
        _database.EmptyLog();
    }

    private void Commit(Action<SqliteConnection> write)
    {
        lock (_gate)
        {
            Current = _database.Write(connection =>
            {
                write(connection);
                return Load(connection);
            });
        }

        _changes.Raise();
    }

    private static string Name(CommissioningState state) => state.ToString().ToLowerInvariant();

    private void Move(SqliteConnection connection, CommissioningState state, StateReason? reason) => connection.Execute(
        """
        UPDATE commissioning SET since = CASE WHEN state = @State THEN since ELSE @Now END, state = @State, reason_code = @Code, reason = @Sentence
        WHERE id = 1
        """,
        new { State = Name(state), reason?.Code, reason?.Sentence, Now = EdgeDatabase.Text(_time.GetUtcNow()) });

    // Not in the constructor, where Dapper.AOT intercepts nothing.
    private CommissioningRecord Open(SqliteConnection connection)
    {
        string now = EdgeDatabase.Text(_time.GetUtcNow());
        connection.Execute(
            "INSERT INTO commissioning (id, state, reason_code, reason, since) VALUES (1, @State, @Code, @Reason, @Now) ON CONFLICT DO NOTHING",
            new { State = Name(CommissioningState.Waiting), StateReason.Trigger.Code, Reason = StateReason.Trigger.Sentence, Now = now });
        return Load(connection);
    }

    private static CommissioningRecord Load(SqliteConnection connection)
    {
        CommissioningRow row = connection.QuerySingle<CommissioningRow>(
            """
            SELECT state AS State, reason_code AS ReasonCode, reason AS Reason, since AS Since,
                   requested_at AS RequestedAt, requested_by AS RequestedBy
            FROM commissioning WHERE id = 1
            """);
        OutboxRow? outbox = connection.QueryFirstOrDefault<OutboxRow>(
            """
            SELECT key AS Key, body AS Body, body_sha256 AS Digest, settings_sha256 AS SettingsDigest, site_id AS SiteId, devices AS Devices,
                   frozen_at AS FrozenAt, attempts AS Attempts, unknown_tries AS UnknownTries, last_outcome AS LastOutcome, last_detail AS LastDetail,
                   next_attempt_at AS NextAttemptAt, settled_at AS SettledAt
            FROM outbox ORDER BY sequence DESC LIMIT 1
            """);
        return row.ToRecord(outbox?.ToEntry());
    }
}

/// <summary>What is kept of a try.</summary>
/// <param name="Outcome">Name of the outcome.</param>
/// <param name="Detail">What there is to say of it, bounded and without homeowner data.</param>
/// <param name="MayHaveArrived">Whether Flip may have created the site on this try.</param>
internal sealed record TryResult(string Outcome, string Detail, bool MayHaveArrived);
