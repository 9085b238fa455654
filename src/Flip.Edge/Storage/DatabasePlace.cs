using Dapper;
using Flip.Edge.Commissioning;
using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Flip.Edge.Storage;

/// <summary>An open database with its mirror: the real one in the data directory, or a copy of it that is only read.</summary>
internal sealed partial class DatabasePlace : IDisposable
{
    private readonly IdentityMirror _mirror;
    private readonly FileStream? _lock;
    private readonly string? _copy;

    private DatabasePlace(SqliteConnection connection, IdentityMirror mirror, FileStream? @lock, string? copy) =>
        (Connection, _mirror, _lock, _copy) = (connection, mirror, @lock, copy);

    public SqliteConnection Connection { get; }

    /// <summary>True for a copy: nothing that is written there would be kept.</summary>
    public bool IsCopy => _copy is not null;

    /// <summary>What had to be done to open it; null when everything was in order.</summary>
    public Recovered? Recovered { get; private set; }

    /// <summary>Runs a transaction: the change, its seal, and the mirror before the commit.</summary>
    /// <exception cref="SqliteException">SQLite could not write; nothing happened.</exception>
    /// <exception cref="IOException">The mirror could not be written; nothing happened.</exception>
    /// <exception cref="UnauthorizedAccessException">The mirror could not be written; nothing happened.</exception>
    public T Write<T>(Func<SqliteConnection, T> write)
    {
        // In SQL, because a SqliteTransaction would have to be handed to every Dapper call.
        Connection.Execute("BEGIN IMMEDIATE");
        try
        {
            T result = write(Connection);
            bool isNew = _mirror.Follow(Connection);
            Seal.Renew(Connection);
            if (isNew) _mirror.Write();
            PowerCut.Step("before a commit to the disk");
            Connection.Execute("COMMIT");
            PowerCut.Step("after a commit to the disk");
            _mirror.Settle();
            return result;
        }
        catch
        {
            // A full disk can end the transaction by itself; a second ROLLBACK would hide the first error.
            if (sqlite3_get_autocommit(Connection.Handle) == 0) Connection.Execute("ROLLBACK");
            _mirror.TakeBack();
            throw;
        }
    }

    /// <summary>
    /// Writes the write-ahead log back and cuts it to nothing. <c>secure_delete</c> overwrites what was deleted in the database, and
    /// reaches no older page in the log (sqlite.org/pragma.html#pragma_secure_delete).
    /// </summary>
    /// <exception cref="StorageException">Another process reads the database, and the log had to stay.</exception>
    public void EmptyLog()
    {
        if (Connection.ExecuteScalar<long>("PRAGMA wal_checkpoint(TRUNCATE)") != 0)
        {
            throw new StorageException($"the write-ahead log of {Connection.DataSource} can't be emptied: another process reads the database; end it");
        }
    }

    public void Dispose()
    {
        Connection.Dispose();
        _lock?.Dispose();
        // In /tmp, a copy may have been tidied away in the meantime.
        if (Directory.Exists(_copy)) Directory.Delete(_copy, recursive: true);
    }

    private void Recover(string? damage, string? putAside, string file, DateTimeOffset now)
    {
        string? found = damage is null ? null : $"the database {file} was damaged ({damage}){(putAside is null ? "" : $" and is kept as {putAside}")}";
        Recovered = Write(connection =>
        {
            bool isNew = connection.ExecuteScalar<long>("SELECT count(*) FROM commissioning") == 0;
            // A mirror without a database, even one that can't be read: this gateway is not as new as its database.
            if (isNew && (_mirror.Current is { Phase: not IdentityPhase.Idle } || _mirror.Ignored is not null)) found ??= $"the database {file} was gone or empty";
            IdentityRecovery.Begin(connection, found is null ? StateReason.Trigger : Lost(found), now);
            long generation = connection.ExecuteScalar<long>("SELECT generation FROM mirror WHERE id = 1");
            if (_mirror.Current is { } mirror && mirror.Generation > generation)
            {
                // The very first write was cut off between the mirror and the database: nothing is lost that anybody asked for.
                if (isNew && found is null)
                {
                    IdentityRecovery.Continue(connection, mirror);
                    return null;
                }

                found ??= $"the database {file} had lost its newest changes";
                IdentityRecovery.Apply(connection, mirror, found, now);
                return new Recovered($"{found}; {Next(mirror.Phase)}", putAside);
            }

            if (found is not null) return new Recovered($"{Lost(found).Sentence}{(_mirror.Ignored is { } too ? $" ({too})" : "")}", putAside);
            return _mirror.Ignored is { } ignored ? new Recovered($"{ignored}; it is written anew from the database", null) : null;
        });
    }

    private static StateReason Lost(string found) => StateReason.Trigger with
    {
        Sentence = $"{found}; nothing else is known of an earlier commissioning. Start it again: flip-edge commission",
    };

    private static string Next(IdentityPhase phase) => phase switch
    {
        IdentityPhase.Idle => "identity.json says that no commissioning was under way",
        IdentityPhase.Requested => "identity.json says that a commissioning was asked for, and it goes on",
        IdentityPhase.InFlight => "identity.json says that a request was under way, and Flip is asked what became of it",
        _ => "identity.json says that the site was commissioned, and Flip is asked whether it is",
    };
}
