using System.Globalization;

namespace Flip.Edge.Devices.Profiles.Telling;

/// <summary>Checks in words.</summary>
public static class CheckText
{
    private const int MostCodes = 8;

    /// <summary><c>holding 5000 (0x1388), u16 is one of 3, 4</c>.</summary>
    public static string Of(DeviceProfile profile, ProfileCheck check)
    {
        List<string> parts = [];
        if (check.In is { } codes) parts.Add($"is {Codes(codes)}");
        if (check.NotIn is { } others) parts.Add($"is not {Codes(others)}");
        if (check.InTable is { } table) parts.Add($"is one of the {profile.Tables[table].Count} codes of {table}");
        if (check.Between is { } range) parts.Add(string.Create(CultureInfo.InvariantCulture, $"is from {range.Least} to {range.Most}"));
        if (check.StartsWith is { } starts) parts.Add($"begins with {Texts(starts)}");
        if (check.Contains is { } contained) parts.Add($"contains {Texts(contained)}");
        if (check.Length is { } length)
        {
            parts.Add(length.Least == length.Most
                ? string.Create(CultureInfo.InvariantCulture, $"has {length.Least} characters")
                : string.Create(CultureInfo.InvariantCulture, $"has {length.Least} to {length.Most} characters"));
        }

        if (check.Versions is { } versions)
        {
            parts.Add(versions switch
            {
                (null, { } to) => $"is a version up to {to}",
                ({ } from, null) => $"is a version from {from} on",
                _ => $"is a version from {versions.From} to {versions.To}",
            });
        }

        return $"{ValueText.Point(profile, check.Point)} {string.Join(" and ", parts)}";
    }

    private static string Codes(IReadOnlyList<long> codes)
    {
        string shown = string.Join(", ", codes.Take(MostCodes).Select(code => code.ToString(CultureInfo.InvariantCulture)));
        return codes.Count == 1 ? shown : codes.Count <= MostCodes ? $"one of {shown}" : $"one of {shown} and {codes.Count - MostCodes} more";
    }

    private static string Texts(IReadOnlyList<string> texts) => string.Join(" or ", texts.Select(text => $"\"{text}\""));
}
