namespace Flip.Edge.Devices.Profiles;

/// <summary>Finds the name that was probably meant.</summary>
public static class Spelling
{
    // Two slips in a long word, one in a short one.
    private const int LettersPerSlip = 3;
    private const int MostSlips = 3;

    /// <summary>The names nearest to what was written, the nearest first: at most three, and only those that are likely.</summary>
    public static IReadOnlyList<string> Near(string written, IEnumerable<string> names) =>
    [
        .. names
            .Where(name => Math.Abs(name.Length - written.Length) <= MostSlips || IsPart(written, name))
            .Select(name => (Name: name, Far: Distance(written, name)))
            .Where(one => one.Far <= Math.Clamp((written.Length + 1) / LettersPerSlip, 1, MostSlips) || IsPart(written, one.Name))
            .OrderBy(one => one.Far).ThenBy(one => one.Name, StringComparer.Ordinal)
            .Select(one => one.Name)
            .Take(3),
    ];

    /// <summary>For the end of a sentence: <c>did you mean X?</c>, or all that are known.</summary>
    public static string Hint(string written, IEnumerable<string> names)
    {
        string[] known = [.. names.Order(StringComparer.Ordinal)];
        if (known.Length == 0) return "there is none";
        return Near(written, known) is { Count: > 0 } near ? $"did you mean {string.Join(" or ", near)}?" : $"known here: {string.Join(", ", known)}";
    }

    /// <summary>Letters to add, drop or change, case left aside (Levenshtein).</summary>
    public static int Distance(string one, string other)
    {
        int[] row = [.. Enumerable.Range(0, other.Length + 1)];
        for (int i = 1; i <= one.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.Length; j++)
            {
                int cost = char.ToLowerInvariant(one[i - 1]) == char.ToLowerInvariant(other[j - 1]) ? 0 : 1;
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + cost));
            }
        }

        return row[other.Length];
    }

    private static bool IsPart(string written, string name) =>
        written.Length >= LettersPerSlip && name.Contains(written, StringComparison.OrdinalIgnoreCase);
}
