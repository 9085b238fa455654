using System.Text;
using System.Text.Json;

namespace Flip.Edge.Configuration;

/// <summary>
/// An attacker's finding: of one key <c>a:a:a:…</c> of 80 kB 3 GB became, for each of its parts is a section, and each value is stored with all its names
/// before it. Keys that are far longer than any that can mean something are refused before.
/// </summary>
internal static class KeyLimits
{
    /// <summary>The longest name of a value, with the names of the objects that it stands in, in bytes as they stand in the file; most parts between colons.</summary>
    public const int LongestName = 1024, MostParts = 64;

    private const int Shown = 60;

    private static readonly JsonReaderOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Goes through the file's names before they are put together.</summary>
    /// <param name="json">The file.</param>
    /// <exception cref="InvalidDataException">A name is too long.</exception>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static void CheckNames(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json, Lenient);
        Stack<int> around = new();
        int outer = 0, name = 0;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    name = reader.ValueSpan.Length;
                    if (outer + name <= LongestName) break;
                    string beginning = FirstErrors.Cut(Encoding.UTF8.GetString(reader.ValueSpan[..Math.Min(name, 4 * Shown)]), Shown);
                    throw new InvalidDataException(FormattableString.Invariant(
                        $"the key \"{beginning}\" has, with those that it stands in, {outer + name} bytes, and no key has more than {LongestName}: remove it"));
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    around.Push(outer);
                    (outer, name) = (outer + name, 0);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    (outer, name) = (around.Pop(), 0);
                    break;
            }
        }
    }

    /// <param name="key">With all that it stands in.</param>
    /// <exception cref="InvalidDataException">It has too many parts.</exception>
    public static void CheckParts(string key)
    {
        int parts = key.AsSpan().Count(':') + 1;
        if (parts > MostParts)
        {
            throw new InvalidDataException(FormattableString.Invariant($"the key \"{FirstErrors.Cut(key, Shown)}\" has {parts} parts between colons, and no key has more than {MostParts}: remove it"));
        }
    }
}
