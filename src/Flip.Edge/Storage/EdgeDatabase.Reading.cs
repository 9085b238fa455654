using Dapper;
using Flip.Edge.Supervision;
using Microsoft.Data.Sqlite;

namespace Flip.Edge.Storage;

/// <content>A database that can't be read any more while the daemon runs: a card that fails, or another program's hand in it.</content>
internal sealed partial class EdgeDatabase
{
    // A write that works proves nothing of what can't be read: only a look at everything does.
    private bool _isUnreadable;

    /// <summary>What was read is not what was written: as bad as not to be read.</summary>
    /// <param name="failed">What happened.</param>
    public void NoteUnreadable(Exception failed)
    {
        lock (_gate)
        {
            // Once: the status is read every few seconds, and a write may have said more since.
            if (_isUnreadable) return;
            _isUnreadable = true;
            Note(StorageFailure.SentenceOfRead(failed, Path.GetDirectoryName(_file)!));
        }
    }

    /// <summary>Looks at everything, on the disk and not in SQLite's memory of it. Before any write, which would seal what is there.</summary>
    private bool CanBeRead()
    {
        using IDisposable? step = Progress.Doing("a look at the whole database");
        lock (_gate)
        {
            if (!_isUnreadable || _place.IsCopy) return true;
            try
            {
                _place.Connection.Execute("PRAGMA shrink_memory");
                DatabaseFile.CheckAgain(_place.Connection);
            }
            catch (Exception still) when (still is SqliteException or DamagedDatabaseException)
            {
                return false;
            }

            _isUnreadable = false;
            return true;
        }
    }
}
