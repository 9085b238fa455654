using Microsoft.Data.Sqlite;

namespace Flip.Edge.Tests.Support;

/// <summary>
/// Damage to the files of a data directory whose daemon is not running, picked by a seed: which files, and what happens to each. The same seed
/// does the same to the same files.
/// </summary>
internal sealed class Corruption(int seed)
{
    private const int Page = 4096;

    // "" is the database itself.
    private static readonly string[][] Targets =
    [
        ["flip-edge.db"], ["flip-edge.db"], ["flip-edge.db-wal"], ["flip-edge.db-wal"], ["flip-edge.db", "flip-edge.db-wal"],
        ["identity.json"], ["flip-edge.db", "identity.json"],
    ];

    private readonly Random _random = new(seed);

    /// <summary>Whether <c>identity.json</c> was left alone.</summary>
    public bool SparesMirror { get; private set; } = true;

    /// <summary>Does the damage.</summary>
    /// <returns>A sentence that says what was done to which file, for a failure's message.</returns>
    public string Apply(string directory)
    {
        List<string> done = [];
        foreach (string name in Targets[_random.Next(Targets.Length)])
        {
            string file = Path.Combine(directory, name);
            if (!File.Exists(file)) continue;
            if (name == "identity.json") SparesMirror = false;
            done.Add($"{name}: {Damage(file)}");
        }

        return $"seed {seed}: {(done.Count == 0 ? "no such file, nothing done" : string.Join("; ", done))}";
    }

    private string Damage(string file)
    {
        byte[] bytes = File.ReadAllBytes(file);
        if (bytes.Length == 0) return "empty already";
        switch (_random.Next(7))
        {
            case 0 or 1:
                int flips = _random.Next(1, 9);
                for (int flip = 0; flip < flips; flip++) bytes[_random.Next(bytes.Length)] ^= (byte)_random.Next(1, 256);
                return Write(file, bytes, $"{flips} bytes flipped");
            case 2:
                int length = _random.Next(1, bytes.Length);
                return Write(file, bytes[..length], $"cut to {length} of {bytes.Length} bytes");
            case 3:
                return Write(file, [], "cut to nothing");
            case 4:
                int at = _random.Next(bytes.Length / Page + 1) * Page;
                Array.Clear(bytes, Math.Min(at, bytes.Length), Math.Min(Page, bytes.Length - Math.Min(at, bytes.Length)));
                return Write(file, bytes, $"a page of zeros at {at}");
            case 5:
                int start = _random.Next(bytes.Length), count = Math.Min(_random.Next(16, 600), bytes.Length - start);
                _random.NextBytes(bytes.AsSpan(start, count));
                return Write(file, bytes, $"{count} bytes of noise at {start}");
            default:
                Foreign(file);
                return "replaced by a foreign file";
        }
    }

    private static string Write(string file, byte[] bytes, string sentence)
    {
        File.WriteAllBytes(file, bytes);
        return sentence;
    }

    // Somebody else's database, or no database at all.
    private void Foreign(string file)
    {
        if (_random.Next(2) == 0)
        {
            File.WriteAllText(file, "this is no database, and long enough not to be taken for an empty one");
            return;
        }

        string other = file + ".other";
        using (SqliteConnection connection = new($"Data Source={other};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE notes (text TEXT); INSERT INTO notes VALUES ('somebody else''s'); PRAGMA user_version = 2;";
            command.ExecuteNonQuery();
        }

        File.Move(other, file, overwrite: true);
    }
}
