using System.Globalization;
using Flip.Edge.Modbus;

namespace Flip.Edge.Cli;

/// <summary>Lists on the command line: <c>1,2,100-110</c>.</summary>
internal static class NumberList
{
    /// <summary>What is wrong, or null. The list is null when nothing was given.</summary>
    public static string? TryRead(string? text, string option, int least, int most, out IReadOnlyList<int>? numbers)
    {
        numbers = null;
        if (text is null) return null;
        SortedSet<int> seen = [];
        List<int> read = [];
        foreach (string part in text.Split(','))
        {
            int dash = part.IndexOf('-', StringComparison.Ordinal);
            bool isRange = dash > 0;
            if (!TryNumber(isRange ? part[..dash] : part, least, most, out int first)
                || !TryNumber(isRange ? part[(dash + 1)..] : part, least, most, out int last) || last < first)
            {
                return FormattableString.Invariant($"{option} is \"{text}\", and has to be a list of numbers from {least} to {most}, as in {least},{least + 2}-{least + 5}");
            }

            read.AddRange(Enumerable.Range(first, last - first + 1).Where(seen.Add));
        }

        numbers = read;
        return null;
    }

    /// <summary>What is wrong, or null. The list is null when nothing was given.</summary>
    public static string? TryReadParities(string? text, out IReadOnlyList<SerialParity>? parities)
    {
        parities = null;
        if (text is null) return null;
        List<SerialParity> read = [];
        foreach (string part in text.Split(','))
        {
            SerialParity? parity = part switch { "none" => SerialParity.None, "even" => SerialParity.Even, "odd" => SerialParity.Odd, _ => null };
            if (parity is null) return $"--parity is \"{text}\", and has to be a list of none, even and odd";
            if (!read.Contains(parity.Value)) read.Add(parity.Value);
        }

        parities = read;
        return null;
    }

    private static bool TryNumber(string text, int least, int most, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= least && number <= most;
}
