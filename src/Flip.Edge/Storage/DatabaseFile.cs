using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Flip.Edge.Storage;

/// <summary>Opens one SQLite file: looks whether it is ours and whole before it is used, and brings its schema up to date.</summary>
internal static class DatabaseFile
{
    // WAL pages before they are written back, and what the file is cut to then: see docs/adr/0012-checkpoints.md.
    private const int CheckpointPages = 64;
    private const int LogLimit = 512 * 1024;

    /// <summary>Opens or creates the file.</summary>
    /// <exception cref="DamagedDatabaseException">It is torn, foreign, from a newer version, or not what was written.</exception>
    /// <exception cref="SqliteException">The disk does not let us.</exception>
    public static SqliteConnection Connect(string file)
    {
        // SQLite would delete the log of an empty database without a word.
        if (new FileInfo(file) is not { Exists: true, Length: > 0 } && new FileInfo(file + "-wal") is { Exists: true, Length: > 0 })
        {
            throw new DamagedDatabaseException("the file is empty or gone, and its write-ahead log is not");
        }

        SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        try
        {
            connection.Open();
            // Closing would write the log back, and a damaged database is kept as it was found.
            CheckpointOnClose(connection, false);
            // The body of a commission holds homeowner data: nobody else may read it.
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            connection.Execute("PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON;");
            long version = Identify(connection);
            connection.Execute(
                $"PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = {CheckpointPages}; PRAGMA journal_size_limit = {LogLimit};");
            Check(connection, version);
            if (version < Schema.Migrations.Length) Migrate(connection, (int)version);
            CheckpointOnClose(connection, true);
            return connection;
        }
        catch (SqliteException damaged) when (StorageFailure.IsDamage(damaged))
        {
            connection.Dispose();
            // The general words for the code: the message of the connection may quote a row that was taken for the schema.
            throw new DamagedDatabaseException($"SQLite: {sqlite3_errstr(damaged.SqliteErrorCode).utf8_to_string()}, {damaged.SqliteExtendedErrorCode}", damaged);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Looks at all of an open database as its opening did.</summary>
    /// <exception cref="DamagedDatabaseException">It is torn, or not what was written.</exception>
    /// <exception cref="SqliteException">It can't be read.</exception>
    public static void CheckAgain(SqliteConnection connection) => Check(connection, Schema.Migrations.Length);

    // Before anything is written: a file of somebody else's stays as it is.
    private static long Identify(SqliteConnection connection)
    {
        long version = connection.ExecuteScalar<long>("PRAGMA user_version");
        long application = connection.ExecuteScalar<long>("PRAGMA application_id");
        long tables = connection.ExecuteScalar<long>("SELECT count(*) FROM sqlite_master");
        if (version > Schema.Migrations.Length)
        {
            throw new DamagedDatabaseException($"its version is {version}, and this flip-edge knows {Schema.Migrations.Length}: a newer one wrote it");
        }

        long expected = version < Schema.FirstSealed ? 0 : Schema.ApplicationId;
        if (application != expected || (version == 0) != (tables == 0))
        {
            throw new DamagedDatabaseException($"it is no database of flip-edge (application id {application}, version {version}, {tables} tables and indexes)");
        }

        return version;
    }

    private static void Check(SqliteConnection connection, long version)
    {
        // The file is tiny: the full check instead of the quick one costs nothing.
        string check = connection.ExecuteScalar<string>("PRAGMA integrity_check(1)") ?? "";
        if (check != "ok") throw new DamagedDatabaseException($"SQLite's check: {check.Split('\n')[^1]}");
        if (version >= Schema.FirstSealed) Seal.Check(connection);
        else if (version > 0) ReleasedUnsealed.Check(connection);
    }

    // All steps in one transaction, and sealed at its end: a power cut leaves the old version.
    private static void Migrate(SqliteConnection connection, int version)
    {
        using SqliteCommand command = connection.CreateCommand();
        // A PRAGMA takes no parameters. Where a step fails, closing the connection rolls it back.
        command.CommandText = string.Create(CultureInfo.InvariantCulture,
            $"""
            BEGIN IMMEDIATE;
            {string.Join(";\n", Schema.Migrations[version..])};
            PRAGMA user_version = {Schema.Migrations.Length};
            PRAGMA application_id = {Schema.ApplicationId};
            """);
        command.ExecuteNonQuery();
        Seal.Renew(connection);
        connection.Execute("COMMIT");
    }

    private static void CheckpointOnClose(SqliteConnection connection, bool value) =>
        sqlite3_db_config(connection.Handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, value ? 0 : 1, out _);
}
