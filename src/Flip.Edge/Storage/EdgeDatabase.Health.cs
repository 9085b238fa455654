using Dapper;
using Flip.Edge.Supervision;
using Microsoft.Data.Sqlite;

namespace Flip.Edge.Storage;

/// <content>A disk that can't be written, at the start and later.</content>
internal sealed partial class EdgeDatabase
{
    /// <summary>Between two looks whether a disk can be written again.</summary>
    public static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(10);

    // Bytes that hold any transaction of ours with its log.
    private const long EnoughSpace = 64 * 1024;

    private long _triedAt;

    /// <summary>Whether what is accepted can be written down, and what is there can be read.</summary>
    public StorageHealth Health { get; private set; }

    /// <summary>The real file has taken the place of the copy: what was read before may be older. Raised under the database's lock.</summary>
    public event Action? Reopened;

    /// <summary>
    /// Opens or creates the file. A damaged one is put aside and replaced; where the directory can't be written, a copy in memory is read
    /// until it can.
    /// </summary>
    /// <exception cref="StorageException">Another daemon has the directory, or it can be neither written nor read.</exception>
    public static EdgeDatabase Open(string file, TimeProvider time, ChangeSignal changes)
    {
        try
        {
            EdgeDatabase database = new(file, time, changes, DatabasePlace.Real(file, time.GetUtcNow()));
            database.ForgetWhatWasDeleted();
            return database;
        }
        catch (Exception refused) when (StorageFailure.IsDisk(refused))
        {
            return OpenCopy(file, time, changes, refused);
        }
        catch (SqliteException failed)
        {
            throw new StorageException($"the database {file} can't be opened: {failed.Message.TrimEnd('.')}; end what else uses it, and start again", failed);
        }
    }

    /// <summary>Looks whether the database can be read and the disk written again, by doing so. Call it now and then while <see cref="Health"/> is failing.</summary>
    /// <returns>Whether it can.</returns>
    public bool TryAgain()
    {
        if (!CanBeRead()) return false;
        try
        {
            return Guard(() =>
            {
                _place.Write(connection => connection.Execute("UPDATE mirror SET generation = generation WHERE id = 1"));
                _place.EmptyLog();
                // The log that was just emptied leaves room for this small write and not for the next large one.
                if (new DriveInfo(Path.GetDirectoryName(_file)!).AvailableFreeSpace < EnoughSpace) throw StorageFailure.Full(Path.GetDirectoryName(_file)!);
                return (true, true);
            });
        }
        catch (Exception still) when (still is SqliteException or StorageException)
        {
            return false;
        }
    }

    private static EdgeDatabase OpenCopy(string file, TimeProvider time, ChangeSignal changes, Exception refused)
    {
        string sentence = StorageFailure.Sentence(refused, Path.GetDirectoryName(file)!);
        try
        {
            EdgeDatabase database = new(file, time, changes, DatabasePlace.Copy(file, time.GetUtcNow())) { _triedAt = time.GetTimestamp() };
            database.Note(sentence);
            return database;
        }
        catch (Exception failed) when (failed is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"the database {file} can't be opened: {sentence}. It can't be read from a copy either: {failed.Message}", refused);
        }
    }

    // A daemon that was killed right after a commission left homeowner data in its write-ahead log. A disk that is too full for it now
    // is no reason not to start.
    private void ForgetWhatWasDeleted()
    {
        try
        {
            EmptyLog();
        }
        catch (Exception full) when (full is StorageException || StorageFailure.IsDisk(full))
        {
            Note(StorageFailure.Sentence(full, Path.GetDirectoryName(_file)!));
        }
    }

    private T Guard<T>(Func<(T Result, bool ProvesDisk)> write)
    {
        lock (_gate)
        {
            using IDisposable? step = Progress.Doing("a write to the database");
            if (_place.IsCopy) ComeBack();
            try
            {
                (T result, bool provesDisk) = write();
                if (provesDisk && !_isUnreadable) Note(null);
                return result;
            }
            catch (Exception failed) when (failed is SqliteException or StorageException)
            {
                Note(StorageFailure.Sentence(failed, Path.GetDirectoryName(_file)!));
                throw;
            }
            catch (Exception failed) when (StorageFailure.IsDisk(failed))
            {
                string sentence = StorageFailure.Sentence(failed, Path.GetDirectoryName(_file)!);
                Note(sentence);
                throw new StorageException(sentence, failed);
            }
        }
    }

    private void ComeBack()
    {
        if (_time.GetElapsedTime(_triedAt) < RetryEvery) throw new StorageException(Health.Failure!);
        _triedAt = _time.GetTimestamp();
        DatabasePlace copy = _place;
        try
        {
            _place = DatabasePlace.Real(_file, _time.GetUtcNow());
        }
        catch (Exception still) when (still is StorageException or SqliteException || StorageFailure.IsDisk(still))
        {
            string sentence = StorageFailure.Sentence(still, Path.GetDirectoryName(_file)!);
            Note(sentence);
            throw new StorageException(sentence, still);
        }

        _isUnreadable = false;
        Health = Health with { Recovered = _place.Recovered };
        Note(null);
        Reopened?.Invoke();
        copy.Dispose();
    }

    private void Note(string? failure)
    {
        if (failure == Health.Failure) return;
        Health = Health with { Failure = failure, FailingSince = failure is null ? null : Health.FailingSince ?? _time.GetUtcNow() };
        Changes.Raise();
    }
}
