using System.Globalization;
using Dapper;
using Flip.Edge.Supervision;
using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

[module: DapperAot]

namespace Flip.Edge.Storage;

/// <summary>
/// The one SQLite file, and the one connection to it. Everything is written in short transactions under one lock
/// (efcore#36295), with <c>synchronous=FULL</c>: what was accepted is on the disk when the caller hears of it.
/// </summary>
internal sealed partial class EdgeDatabase : IDisposable
{
    private readonly string _file;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private DatabasePlace _place;

    private EdgeDatabase(string file, TimeProvider time, ChangeSignal changes, DatabasePlace place)
    {
        (_file, _time, Changes, _place) = (file, time, changes, place);
        Health = new(null, null, place.Recovered);
    }

    /// <summary>Raised when <see cref="Health"/> changes, and by whoever writes.</summary>
    public ChangeSignal Changes { get; }

    /// <summary>Runs a read.</summary>
    /// <exception cref="SqliteException">It could not be read. <see cref="Health"/> says so by then, and the signal is raised once it can.</exception>
    public T Read<T>(Func<SqliteConnection, T> read)
    {
        using IDisposable? step = Progress.Doing("a look into the database");
        lock (_gate)
        {
            try
            {
                return read(_place.Connection);
            }
            catch (SqliteException failed)
            {
                NoteUnreadable(failed);
                throw;
            }
        }
    }

    /// <summary>Runs a transaction; it is committed when <paramref name="write"/> returns, and rolled back when it throws.</summary>
    /// <exception cref="SqliteException">It could not be written, and nothing happened.</exception>
    /// <exception cref="StorageException">It could not be written, and nothing happened.</exception>
    public T Write<T>(Func<SqliteConnection, T> write) => Guard(() =>
    {
        int before = sqlite3_total_changes(_place.Connection.Handle);
        T result = _place.Write(write);
        // A transaction that changed nothing never touched the disk, and so proves nothing.
        return (result, sqlite3_total_changes(_place.Connection.Handle) != before);
    });

    /// <summary>Takes what was deleted out of the write-ahead log too.</summary>
    /// <exception cref="SqliteException">The disk does not let us.</exception>
    /// <exception cref="StorageException">As above, or another process reads the database.</exception>
    public void EmptyLog() => Guard(() =>
    {
        _place.EmptyLog();
        return (true, false);
    });

    /// <summary>Closes it, after the write that is under way.</summary>
    public void Dispose()
    {
        lock (_gate) _place.Dispose();
    }

    public static string Text(DateTimeOffset time) => UtcText.Of(time);

    public static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static DateTimeOffset? TimeOrNull(string? text) => text is null ? null : Time(text);
}
