using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Flip.Edge.Storage;

/// <summary>Sorts what goes wrong with files: the content is damaged, or the disk does not let us write.</summary>
internal static class StorageFailure
{
    // Errors of Linux, as .NET hands them on: errno(3).
    private const int NoSpace = 28, ReadOnlySystem = 30, OverQuota = 122;

    /// <summary>Whether the file's content is wrong. ERROR is a table or a column that is not there.</summary>
    public static bool IsDamage(SqliteException failed) => failed.SqliteErrorCode
        is SQLITE_CORRUPT or SQLITE_NOTADB or SQLITE_ERROR or SQLITE_CONSTRAINT or SQLITE_MISMATCH or SQLITE_FORMAT or SQLITE_TOOBIG or SQLITE_RANGE;

    /// <summary>Whether the disk does not let us write, and may one day.</summary>
    public static bool IsDisk(Exception failed) => failed switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode is SQLITE_FULL or SQLITE_READONLY or SQLITE_CANTOPEN or SQLITE_IOERR or SQLITE_PERM,
        IOException or UnauthorizedAccessException => true,
        _ => false,
    };

    /// <summary>What a person should know and do.</summary>
    /// <param name="failed">What happened.</param>
    /// <param name="directory">The data directory.</param>
    public static string Sentence(Exception failed, string directory) => failed switch
    {
        StorageException said => said.Message,
        SqliteException damaged when IsDamage(damaged) =>
            $"the database in {directory} is damaged ({damaged.Message.TrimEnd('.')}): nothing can be written; restart the service, which puts it aside and goes on",
        _ => $"nothing can be written to {directory} ({Reason(failed, directory)}): what was accepted is kept, and nothing new is accepted until it works again. "
            + "Free some space, and check the owner and the mount of Gateway:DataDirectory",
    };

    /// <summary>The same of what can't be read. The general words for the error: SQLite's own may quote a row.</summary>
    public static string SentenceOfRead(Exception failed, string directory) => failed switch
    {
        SqliteException damaged when IsDamage(damaged) => Damaged(Words(damaged), directory),
        SqliteException sqlite => $"the database in {directory} can't be read ({Words(sqlite)}): what was read before is shown until it can. Check the card, and the mount of Gateway:DataDirectory",
        _ => Damaged(failed.Message.TrimEnd('.'), directory),
    };

    private static string Damaged(string how, string directory) =>
        $"the database in {directory} is damaged ({how}) and can't be read: what was read before is shown; restart the service, which puts it aside and goes on";

    private static string Words(SqliteException failed) => $"SQLite: {sqlite3_errstr(failed.SqliteErrorCode).utf8_to_string()}, {failed.SqliteExtendedErrorCode}";

    /// <summary>A disk with too little left.</summary>
    public static IOException Full(string directory) => new($"too little space in {directory}", NoSpace);

    private static string Reason(Exception failed, string directory) => failed switch
    {
        SqliteException { SqliteErrorCode: SQLITE_FULL } => "the disk is full",
        SqliteException { SqliteErrorCode: SQLITE_BUSY or SQLITE_LOCKED } => "another process holds the database",
        // SQLite says no more than "disk I/O error"; the system knows which.
        SqliteException sqlite => Try(directory) ?? sqlite.Message.TrimEnd('.'),
        IOException { HResult: NoSpace } => "the disk is full",
        IOException { HResult: ReadOnlySystem } => "the file system is read-only",
        IOException { HResult: OverQuota } => "the quota is used up",
        UnauthorizedAccessException => "permission denied",
        _ => failed.Message.TrimEnd('.'),
    };

    private static string? Try(string directory)
    {
        string probe = Path.Combine(directory, ".probe");
        try
        {
            using FileStream stream = new(probe, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose });
            stream.WriteByte(0);
            stream.Flush(flushToDisk: true);
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return Reason(refused, directory);
        }
    }
}
