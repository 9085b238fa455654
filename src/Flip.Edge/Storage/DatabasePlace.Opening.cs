using Microsoft.Data.Sqlite;

namespace Flip.Edge.Storage;

/// <content>The two ways to open it.</content>
internal sealed partial class DatabasePlace
{
    // What flock(2) answers when somebody else holds the file.
    private const int Eagain = 11;

    /// <summary>Opens or creates the real file. One that can't be used is put aside, and a new one filled from the mirror.</summary>
    /// <exception cref="StorageException">Another daemon has the directory, or not even a new file can be used.</exception>
    /// <exception cref="SqliteException">The disk does not let us.</exception>
    /// <exception cref="IOException">As above.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    public static DatabasePlace Real(string file, DateTimeOffset now)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        FileStream held = Hold(file + ".lock");
        try
        {
            return Open(file, file, held, null, now);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Copies database and log to a private directory in memory and opens that, for a disk that can be read and not written: status, feed and
    /// telemetry go on with what is known. It is deleted when it is disposed of.
    /// </summary>
    /// <exception cref="IOException">The file can't be read either, or there is no room for the copy.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    /// <exception cref="SqliteException">The copy can't be used.</exception>
    public static DatabasePlace Copy(string file, DateTimeOffset now)
    {
        // The unit's runtime directory is in memory for certain; /tmp may be on flash, and the copy may hold homeowner data.
        string memory = Environment.GetEnvironmentVariable("RUNTIME_DIRECTORY") is { Length: > 0 } runtime ? runtime : Path.GetTempPath();
        string copy = Path.Combine(memory, $"flip-edge-copy-{Guid.NewGuid():N}");
        Directory.CreateDirectory(copy, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            string target = Path.Combine(copy, Path.GetFileName(file));
            foreach (string suffix in (string[])["", "-wal"])
            {
                if (!File.Exists(file + suffix)) continue;
                File.Copy(file + suffix, target + suffix);
                // A copy has the modes of the original, which may be what keeps us from writing it.
                File.SetUnixFileMode(target + suffix, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            return Open(target, file, null, copy, now);
        }
        catch
        {
            Directory.Delete(copy, recursive: true);
            throw;
        }
    }

    private static DatabasePlace Open(string file, string real, FileStream? held, string? copy, DateTimeOffset now)
    {
        IdentityMirror mirror = IdentityMirror.Read(IdentityMirror.FileFor(real), isWritten: copy is null);
        SqliteConnection connection = Connect(file, out string? damage, out string? putAside);
        DatabasePlace place = new(connection, mirror, held, copy);
        try
        {
            place.Recover(damage, copy is null ? putAside : null, real, now);
            return place;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static SqliteConnection Connect(string file, out string? damage, out string? putAside)
    {
        (damage, putAside) = (null, null);
        try
        {
            return DatabaseFile.Connect(file);
        }
        catch (DamagedDatabaseException damaged)
        {
            damage = damaged.Message;
        }

        putAside = DamagedFiles.PutAside(file);
        try
        {
            return DatabaseFile.Connect(file);
        }
        catch (DamagedDatabaseException again)
        {
            throw new StorageException($"a new database at {file} can't be used either ({again.Message}); check the disk", again);
        }
    }

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
}
