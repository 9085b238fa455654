using System.Globalization;

namespace Flip.Edge.Devices.Profiles.Files;

/// <summary>What a single node has to be. Each answers null, and adds the mistake, when it is something else.</summary>
internal static class NodeValues
{
    /// <summary>A text with something in it, on one line.</summary>
    public static string? AsText(this ProfileNode node, ProfileMistakes mistakes)
    {
        if (node.Kind != NodeKind.Text) return Wrong<string>(node, mistakes, "a text");
        if (string.IsNullOrWhiteSpace(node.Text)) return Wrong<string>(node, mistakes, "a text with something in it");
        return node.Text.Any(char.IsControl) ? Wrong<string>(node, mistakes, "a text without line breaks and other control characters") : node.Text;
    }

    /// <summary>A name of the profile's own: a small letter, then small letters, digits and what else is allowed.</summary>
    public static bool IsName(string text, char also) =>
        text.Length is > 0 and <= 64 && char.IsAsciiLetterLower(text[0]) && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == also);

    public static int? AsWhole(this ProfileNode node, ProfileMistakes mistakes, int least, int most)
    {
        if (node.Kind == NodeKind.Number && Whole(node) is { } value && value >= least && value <= most) return (int)value;
        mistakes.Add(node, FormattableString.Invariant($"{node.Found}, and has to be a whole number from {least} to {most}"));
        return null;
    }

    /// <summary>A register's address or offset, as a number or with 0x.</summary>
    public static int? AsAddress(this ProfileNode node, ProfileMistakes mistakes)
    {
        if (Whole(node) is { } value && value is >= 0 and <= ushort.MaxValue) return (int)value;
        mistakes.Add(node, $"{node.Found}, and has to be a whole number from 0 to 65535, or one with 0x");
        return null;
    }

    public static decimal? AsAmount(this ProfileNode node, ProfileMistakes mistakes)
    {
        if (Amount(node) is { } value) return value;
        mistakes.Add(node, $"{node.Found}, and has to be a number");
        return null;
    }

    public static decimal? Amount(ProfileNode node) =>
        node.Kind == NodeKind.Number && decimal.TryParse(node.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value) ? value : null;

    /// <summary>A whole number of any size, or null without a mistake. <c>2.0</c> is one, as in JSON Schema.</summary>
    public static decimal? Whole(ProfileNode node)
    {
        if (node.Kind == NodeKind.Text) return Bits(node.Text) is { } bits ? bits : null;
        return Amount(node) is { } value && value == decimal.Truncate(value) ? value : null;
    }

    /// <summary>The bits that a text with 0x tells, or null.</summary>
    public static ulong? Bits(string text) =>
        text.Length is > 2 and <= 18 && text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
        && ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong bits) ? bits : null;

    public static T? AsChoice<T>(this ProfileNode node, ProfileMistakes mistakes, IReadOnlyDictionary<string, T> choices)
        where T : struct
    {
        if (node.Kind == NodeKind.Text && choices.TryGetValue(node.Text, out T value)) return value;
        mistakes.Add(node, $"{node.Found}, and has to be {OneOf(choices.Keys)}");
        return null;
    }

    public static IReadOnlyList<ProfileNode>? AsList(this ProfileNode node, ProfileMistakes mistakes)
    {
        if (node.Kind != NodeKind.List) return Wrong<IReadOnlyList<ProfileNode>>(node, mistakes, "a list [ … ]");
        return node.Children.Count > 0 ? node.Children : Wrong<IReadOnlyList<ProfileNode>>(node, mistakes, "a list with something in it; or leave it out");
    }

    /// <summary>A list of different texts.</summary>
    public static IReadOnlyList<string>? AsTexts(this ProfileNode node, ProfileMistakes mistakes) =>
        node.AsList(mistakes) is { } items ? Distinct(items, item => item.AsText(mistakes), mistakes) : null;

    /// <summary>A list of different whole numbers.</summary>
    public static IReadOnlyList<int>? AsWholes(this ProfileNode node, ProfileMistakes mistakes, int least, int most) =>
        Numbers(node, item => item.AsWhole(mistakes, least, most), mistakes);

    /// <summary>A list of different addresses.</summary>
    public static IReadOnlyList<int>? AsAddresses(this ProfileNode node, ProfileMistakes mistakes) => Numbers(node, item => item.AsAddress(mistakes), mistakes);

    /// <summary>Least and most, both inclusive.</summary>
    public static (decimal Least, decimal Most)? AsRange(this ProfileNode node, ProfileMistakes mistakes)
    {
        if (node.Kind == NodeKind.List && node.Children.Count == 2 && Amount(node.Children[0]) is { } least && Amount(node.Children[1]) is { } most && least <= most)
        {
            return (least, most);
        }

        mistakes.Add(node, "has to be a list of two numbers, the least and the most, as in [ 500, 5000 ]");
        return null;
    }

    public static string OneOf(IEnumerable<string> names) => string.Join(" or ", names.Select(name => $"\"{name}\""));

    private static IReadOnlyList<int>? Numbers(ProfileNode node, Func<ProfileNode, int?> read, ProfileMistakes mistakes) =>
        node.AsList(mistakes) is { } items
            ? [.. Distinct(items, item => read(item)?.ToString(CultureInfo.InvariantCulture), mistakes).Select(text => int.Parse(text, CultureInfo.InvariantCulture))]
            : null;

    private static List<string> Distinct(IEnumerable<ProfileNode> items, Func<ProfileNode, string?> read, ProfileMistakes mistakes)
    {
        List<string> values = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (ProfileNode item in items)
        {
            if (read(item) is not { } value) continue;
            if (!seen.Add(value)) mistakes.Add(item, $"{item.Found} and stands in this list twice: leave one");
            else values.Add(value);
        }

        return values;
    }

    private static T? Wrong<T>(ProfileNode node, ProfileMistakes mistakes, string wanted)
        where T : class
    {
        mistakes.Add(node, $"{node.Found}, and has to be {wanted}");
        return null;
    }
}
