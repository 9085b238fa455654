using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

[module: DapperAot]

namespace Flip.Edge.Storage;

/// <summary>
/// The one SQLite file, and the one connection to it. Everything is written in short transactions under one lock
/// (efcore#36295), with <c>synchronous=FULL</c>: what was accepted is on the disk when the caller hears of it.
/// </summary>
internal sealed class EdgeDatabase : IDisposable
{
    private const int NotADatabase = 26, Corrupt = 11;

    // What flock(2) answers when somebody else holds the file.
    private const int Eagain = 11;

    private readonly SqliteConnection _connection;
    private readonly FileStream _lock;
    private readonly Lock _gate = new();

    private EdgeDatabase(SqliteConnection connection, FileStream @lock) => (_connection, _lock) = (connection, @lock);

    /// <summary>Opens or creates the file and brings its schema up to date.</summary>
    /// <exception cref="StorageException">The directory can't be used, another daemon has it, or the file is damaged or from a newer version.</exception>
    public static EdgeDatabase Open(string file)
    {
        FileStream? held = null;
        SqliteConnection? connection = null;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            held = Hold(file + ".lock");
            connection = new(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
            connection.Open();
            // The body of a commission holds homeowner data: nobody else may read it.
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON;");
            string check = connection.ExecuteScalar<string>("PRAGMA quick_check(1)") ?? "";
            if (check != "ok") throw new StorageException($"the database {file} is damaged ({check}); keep it for support and move it away, then start again");
            Migrate(connection, file);
            EdgeDatabase database = new(connection, held);
            // A daemon that was killed right after a commission left homeowner data in its write-ahead log.
            database.EmptyLog();
            return database;
        }
        catch (Exception failed) when (failed is SqliteException or IOException or UnauthorizedAccessException)
        {
            connection?.Dispose();
            held?.Dispose();
            if (failed is SqliteException { SqliteErrorCode: NotADatabase or Corrupt })
            {
                throw new StorageException($"the database {file} is damaged ({failed.Message.TrimEnd('.')}); keep it for support and move it away, then start again", failed);
            }

            throw new StorageException($"the database {file} can't be opened: {failed.Message.TrimEnd('.')}; check Gateway:DataDirectory, its owner and the free space", failed);
        }
        catch (StorageException)
        {
            connection?.Dispose();
            held?.Dispose();
            throw;
        }
    }

    /// <summary>Runs a read.</summary>
    public T Read<T>(Func<SqliteConnection, T> read)
    {
        lock (_gate) return read(_connection);
    }

    /// <summary>Runs a transaction; it is committed when <paramref name="write"/> returns, and rolled back when it throws.</summary>
    public T Write<T>(Func<SqliteConnection, T> write)
    {
        lock (_gate)
        {
            // In SQL, because a SqliteTransaction would have to be handed to every Dapper call.
            _connection.Execute("BEGIN IMMEDIATE");
            try
            {
                T result = write(_connection);
                PowerCut.Step("before a commit to the disk");
                _connection.Execute("COMMIT");
                PowerCut.Step("after a commit to the disk");
                return result;
            }
            catch
            {
                // A full disk can end the transaction by itself; a second ROLLBACK would hide the first error.
                if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0) _connection.Execute("ROLLBACK");
                throw;
            }
        }
    }

    /// <summary>
    /// Writes the write-ahead log back and cuts it to nothing. <c>secure_delete</c> overwrites what was deleted in the database, and
    /// reaches no older page in the log (sqlite.org/pragma.html#pragma_secure_delete).
    /// </summary>
    public void EmptyLog()
    {
        lock (_gate) _connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    public void Dispose()
    {
        _connection.Dispose();
        _lock.Dispose();
    }

    public static string Text(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static DateTimeOffset? TimeOrNull(string? text) => text is null ? null : Time(text);

    // Two daemons on one outbox would send everything twice.
    private static FileStream Hold(string lockFile)
    {
        try
        {
            return new(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken) when (taken.HResult == Eagain)
        {
            throw new StorageException($"another flip-edge daemon runs with this data directory ({lockFile} is held); stop it first", taken);
        }
    }

    private static void Migrate(SqliteConnection connection, string file)
    {
        long version = connection.ExecuteScalar<long>("PRAGMA user_version");
        if (version > Schema.Migrations.Length)
        {
            throw new StorageException(
                $"the database {file} has version {version}, and this flip-edge knows {Schema.Migrations.Length}: it was written by a newer one; install that one again");
        }

        for (int next = (int)version; next < Schema.Migrations.Length; next++)
        {
            using SqliteTransaction transaction = connection.BeginTransaction();
            using SqliteCommand command = connection.CreateCommand();
            // A PRAGMA takes no parameters.
            command.CommandText = string.Create(CultureInfo.InvariantCulture, $"{Schema.Migrations[next]}; PRAGMA user_version = {next + 1};");
            command.ExecuteNonQuery();
            transaction.Commit();
        }
    }
}
