namespace Flip.Edge.Devices.Profiles.Reading;

/// <summary>Firmware versions: numbers between points, compared one by one; what lacks counts as 0.</summary>
internal static class VersionNumber
{
    /// <summary>Whether the first version number in a text lies between two others, both inclusive; null is open. False without a number.</summary>
    public static bool IsBetween(string text, string? from, string? to)
    {
        ReadOnlySpan<char> version = First(text);
        return !version.IsEmpty && (from is null || Compare(version, from) >= 0) && (to is null || Compare(version, to) <= 0);
    }

    private static ReadOnlySpan<char> First(ReadOnlySpan<char> text)
    {
        int begin = text.IndexOfAnyInRange('0', '9');
        if (begin < 0) return [];
        int end = begin;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.')) end++;
        return text[begin..end].TrimEnd('.');
    }

    private static int Compare(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        while (!one.IsEmpty || !other.IsEmpty)
        {
            int difference = Next(ref one).CompareTo(Next(ref other));
            if (difference != 0) return difference;
        }

        return 0;
    }

    // A part with more digits than a number holds is no version that anybody counts up to.
    private static long Next(ref ReadOnlySpan<char> version)
    {
        int point = version.IndexOf('.');
        ReadOnlySpan<char> part = point < 0 ? version : version[..point];
        version = point < 0 ? [] : version[(point + 1)..];
        return part.IsEmpty ? 0 : long.TryParse(part, out long number) ? number : long.MaxValue;
    }
}
