using System.Globalization;

namespace Flip.Edge.Devices.Profiles.Reading;

/// <summary>Whether a condition holds, and a sentence that tells what was found and, where it does not hold, what was expected.</summary>
internal readonly record struct CheckVerdict(bool Holds, string Sentence)
{
    private const int MostShown = 8;

    /// <summary>Judges one condition.</summary>
    public static CheckVerdict Of(ProfileCheck check, PointReading reading, DeviceProfile profile)
    {
        if (!reading.IsPresent) return new(false, reading.Reason!);
        string found = $"{reading.Source} reads {Found(reading)}";
        List<string> expected = [];
        if (check.In is { } codes && !(reading.Code is { } code && codes.Contains(code))) expected.Add($"has to be {Codes(codes, reading)}");
        if (check.NotIn is { } wrong && !(reading.Code is { } other && !wrong.Contains(other))) expected.Add($"must not be {Codes(wrong, reading)}");
        if (check.InTable is { } table && !(reading.Code is { } row && Table(profile, table).ContainsKey(row)))
        {
            expected.Add($"has to be one of the {Table(profile, table).Count} codes of the table {table}, such as {Codes([.. Table(profile, table).Keys], reading)}");
        }

        if (check.Between is { } limits && !(reading.Number is { } number && number >= limits.Least && number <= limits.Most))
        {
            expected.Add($"has to be from {PointDecoder.Plain(limits.Least)} to {PointDecoder.Plain(limits.Most)}{Unit(reading)}");
        }

        Judge(check, reading.Text ?? "", expected);
        return expected.Count == 0 ? new(true, found) : new(false, $"{found} and {string.Join(", and ", expected)}");
    }

    private static void Judge(ProfileCheck check, string text, List<string> expected)
    {
        if (check.StartsWith is { } starts && !starts.Any(start => text.StartsWith(start, StringComparison.OrdinalIgnoreCase)))
        {
            expected.Add($"has to begin with {Texts(starts)}");
        }

        if (check.Contains is { } parts && !parts.Any(part => text.Contains(part, StringComparison.OrdinalIgnoreCase)))
        {
            expected.Add($"has to contain {Texts(parts)}");
        }

        if (check.Length is { } length && !(text.Length >= length.Least && text.Length <= length.Most && text.All(IsOrdinary)))
        {
            expected.Add(string.Create(CultureInfo.InvariantCulture, $"has to be {length.Least} to {length.Most} letters, digits or -_./"));
        }

        if (check.Versions is { } range && !VersionNumber.IsBetween(text, range.From, range.To))
        {
            expected.Add($"has to be a version {(range.From is null ? "" : $"from {range.From} ")}{(range.To is null ? "" : $"to {range.To}")}".TrimEnd());
        }
    }

    private static bool IsOrdinary(char character) => char.IsAsciiLetterOrDigit(character) || "-_./ ".Contains(character, StringComparison.Ordinal);

    private static IReadOnlyDictionary<long, string> Table(DeviceProfile profile, string name) =>
        profile.Tables.TryGetValue(name, out IReadOnlyDictionary<long, string>? table) ? table : new Dictionary<long, string>();

    private static string Found(PointReading reading) =>
        reading.Text is { } text ? $"\"{text}\""
        : reading.Point.Unit is null && reading.Code is { } code ? Code(code, reading)
        : $"{PointDecoder.Plain(reading.Number!.Value)}{Unit(reading)}";

    private static string Unit(PointReading reading) => reading.Point.Unit is { } unit ? $" {unit}" : "";

    // As wide as the registers: a code is looked up in the maker's list, where it stands so.
    private static string Code(long code, PointReading reading) =>
        code < 0 ? code.ToString(CultureInfo.InvariantCulture) : $"0x{code.ToString($"X{4 * Math.Min(reading.Point.Registers, 4)}", CultureInfo.InvariantCulture)}";

    private static string Codes(IReadOnlyList<long> codes, PointReading reading)
    {
        string shown = string.Join(", ", codes.Take(MostShown).Select(code => Code(code, reading)));
        return codes.Count == 1 ? shown : codes.Count <= MostShown ? $"one of {shown}" : $"{shown} …";
    }

    private static string Texts(IReadOnlyList<string> texts) => string.Join(" or ", texts.Select(text => $"\"{text}\""));
}
