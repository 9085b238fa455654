using Dapper;
using Flip.Edge.Commissioning;
using Microsoft.Data.Sqlite;

namespace Flip.Edge.Storage;

/// <summary>
/// The state and the outbox on the disk. Each method is one transaction: after it returned, a power cut changes nothing; before,
/// nothing happened.
/// </summary>
internal sealed partial class CommissioningStore
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
        Current = _database.Read(Load);
        _database.Reopened += () => Current = _database.Read(Load);
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
                   next_attempt_at AS NextAttemptAt, settled_at AS SettledAt, settled_as AS SettledAs, asked_to_wait AS AskedToWait,
                   conflicts AS Conflicts, recovered_as AS RecoveredAs
            FROM outbox ORDER BY sequence DESC LIMIT 1
            """);
        return row.ToRecord(outbox?.ToEntry());
    }
}
