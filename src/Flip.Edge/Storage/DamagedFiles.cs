using System.Globalization;

namespace Flip.Edge.Storage;

/// <summary>A database that can't be used any more, kept under another name for support. None is ever deleted.</summary>
internal static class DamagedFiles
{
    private const string Mark = ".damaged-";

    // The rollback journal is not ours, but one beside the file would be played into the new database.
    private static readonly string[] Parts = ["", "-wal", "-shm", "-journal"];

    /// <summary>
    /// Masks the homeowner's data and renames the database with all that belongs to it to <c>….damaged-N</c>, N counted up. The names keep
    /// SQLite's pattern: <c>sqlite3 flip-edge.db.damaged-1</c> opens it with its log.
    /// </summary>
    /// <returns>The new path.</returns>
    /// <exception cref="IOException">The directory can't be written.</exception>
    public static string PutAside(string file)
    {
        HomeownerMask.Erase(Parts.Select(part => file + part));
        string kept = $"{file}{Mark}{string.Create(CultureInfo.InvariantCulture, $"{Next(file)}")}";
        foreach (string part in Parts)
        {
            if (File.Exists(file + part)) File.Move(file + part, kept + part);
        }

        DurableFile.FlushDirectory(Path.GetDirectoryName(file)!);
        return kept;
    }

    private static int Next(string file)
    {
        string start = Path.GetFileName(file) + Mark;
        return 1 + Directory.EnumerateFiles(Path.GetDirectoryName(file)!, start + "*")
            .Select(path => Path.GetFileName(path)[start.Length..].Split('-')[0])
            .Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0)
            .DefaultIfEmpty(0)
            .Max();
    }
}
