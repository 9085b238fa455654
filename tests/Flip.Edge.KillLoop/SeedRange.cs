using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Flip.Edge.KillLoop;

/// <summary>Seeds from the first to the last, both included.</summary>
internal sealed record SeedRange(int First, int Last)
{
    public IEnumerable<int> Seeds => Enumerable.Range(First, Last - First + 1);

    public static bool TryParse(string text, [NotNullWhen(true)] out SeedRange? range)
    {
        string[] parts = text.Split('-');
        range = parts.Length <= 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int first)
            && int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int last)
            && first <= last ? new(first, last) : null;
        return range is not null;
    }

    public override string ToString() => First == Last ? $"{First}" : $"{First}-{Last}";
}
