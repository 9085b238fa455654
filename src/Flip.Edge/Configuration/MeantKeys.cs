using Flip.Edge.Devices.Profiles;

namespace Flip.Edge.Configuration;

/// <summary>Which known key was meant by one that is none: <c>Zip</c> is ZipCode and not Id, though that is fewer letters away.</summary>
internal static class MeantKeys
{
    private const int LeastPart = 3, LeastForTwoSlips = 4, Most = 3, Unlike = 5;

    /// <summary>The likely ones, at most three, the likeliest first; empty when there is none.</summary>
    /// <param name="written">The key as it was written, without its section.</param>
    /// <param name="known">The keys of the section.</param>
    public static IReadOnlyList<string> Of(string written, IReadOnlyCollection<string> known) =>
    [
        .. known
            .Select(key => (Key: key, Rank: Rank(written, key)))
            .Where(one => one.Rank < Unlike)
            .GroupBy(one => one.Rank)
            .OrderBy(alike => alike.Key)
            .Take(1)
            .SelectMany(alike => alike)
            .Select(one => one.Key)
            .OrderBy(key => Spelling.Distance(key, written)).ThenBy(key => key, StringComparer.Ordinal)
            .Take(Most),
    ];

    private static int Rank(string written, string known)
    {
        int slips = Spelling.Distance(known, written);
        if (slips == 1 || (slips == 2 && AreSwapped(written, known))) return 0;
        if (IsPart(written, known)) return known.StartsWith(written, StringComparison.OrdinalIgnoreCase) ? 1 : 2;
        if (IsPart(known, written)) return 3;
        return slips == 2 && written.Length >= LeastForTwoSlips ? 4 : Unlike;
    }

    // Prot is Port before it is the beginning of Protocol.
    private static bool AreSwapped(string written, string known) =>
        written.Length == known.Length && written.ToUpperInvariant().Order().SequenceEqual(known.ToUpperInvariant().Order());

    private static bool IsPart(string part, string whole) => part.Length >= LeastPart && whole.Contains(part, StringComparison.OrdinalIgnoreCase);
}
