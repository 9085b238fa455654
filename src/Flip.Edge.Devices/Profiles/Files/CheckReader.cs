namespace Flip.Edge.Devices.Profiles.Files;

/// <summary>Reads a check: the anchor's, of the sleep, or the condition of a value.</summary>
internal static class CheckReader
{
    private const string Numbers = "in, not_in, in_table, between";
    private const string Texts = "starts_with, contains, length, versions";

    public static IReadOnlyList<ProfileCheck> List(ProfileObject root, string name, ProfileContext context) =>
        [.. root.Objects(name).Select(check => Read(check, context))];

    public static ProfileCheck Read(ProfileObject check, ProfileContext context)
    {
        ProfileNode? named = check.Required("point", "the name of a point");
        bool isSunSpecText = context.Map == ProfileMap.SunSpec && named is { Kind: NodeKind.Text } && Vocabulary.SunSpecTexts.Contains(named.Text);
        ProfilePoint? point = isSunSpecText ? null : context.Point(named);
        bool isText = isSunSpecText || point?.Type == PointType.Text;
        bool isNumber = point is not null && !isText;
        bool hasNumbers = Any(check, Numbers);
        bool hasTexts = Any(check, Texts);
        if (!hasNumbers && !hasTexts) check.Mistakes.Add(check.Node, $"checks nothing: add one of {Numbers} for a number, or of {Texts} for a text");
        if (isText && hasNumbers) check.Mistakes.Add(check.Node, $"looks at a text, and {Numbers} are for numbers: use {Texts}");
        if (isNumber && hasTexts) check.Mistakes.Add(check.Node, $"looks at a number, and {Texts} are for texts: use {Numbers}");
        ProfileCheck read = new()
        {
            Point = named?.Text ?? "",
            In = Codes(check, "in", point),
            NotIn = Codes(check, "not_in", point),
            InTable = context.Table(check.Find("in_table")) is null ? null : check.Find("in_table")!.Text,
            Between = check.Find("between")?.AsRange(check.Mistakes),
            StartsWith = check.Find("starts_with")?.AsTexts(check.Mistakes),
            Contains = check.Find("contains")?.AsTexts(check.Mistakes),
            Length = Length(check),
            Versions = Versions(check),
        };
        check.Close();
        if (read.In is not null && read.NotIn is not null && read.In.Intersect(read.NotIn).Any()) check.Fail("not_in", "has a number that in has too: nothing could be both");
        return read;
    }

    private static bool Any(ProfileObject check, string names) => names.Split(", ").Any(check.Has);

    private static List<long>? Codes(ProfileObject check, string name, ProfilePoint? point)
    {
        if (check.Find(name)?.AsList(check.Mistakes) is not { } items) return null;
        List<long> codes = [];
        HashSet<long> seen = [];
        foreach (ProfileNode item in items)
        {
            // Of a point that there isn't, only the form can be checked.
            long? code = point is not null && PointTypes.IsInteger(point.Type) ? PointTypes.Number(item, point)
                : NodeValues.Whole(item) is { } whole && whole <= long.MaxValue && whole >= long.MinValue ? (long)whole : null;
            if (code is null) check.Mistakes.Add(item, $"{item.Found}, and has to be a whole number that the point can hold, as it is in the registers, before scale: 3 or \"0x0003\"");
            else if (!seen.Add(code.Value)) check.Mistakes.Add(item, $"{item.Found} and stands in this list twice: leave one");
            else codes.Add(code.Value);
        }

        if (point?.Type == PointType.F32) check.Fail(name, "is for whole numbers, and the point is an f32: use between");
        return codes;
    }

    private static (int Least, int Most)? Length(ProfileObject check)
    {
        const int longest = 250;
        if (check.Find("length") is not { } node) return null;
        (decimal least, decimal most) = node.AsRange(check.Mistakes) ?? (1, 1);
        if (least >= 1 && most <= longest && least == decimal.Truncate(least) && most == decimal.Truncate(most)) return ((int)least, (int)most);
        check.Mistakes.Add(node, FormattableString.Invariant($"has to be two whole numbers from 1 to {longest}: how many characters the text has at least and at most"));
        return null;
    }

    private static (string? From, string? To)? Versions(ProfileObject check)
    {
        if (check.Find("versions") is not { } node) return null;
        if (node.Kind == NodeKind.List && node.Children.Count == 2 && node.Children.All(IsVersion) && node.Children.Any(child => child.Kind == NodeKind.Text))
        {
            return (Version(node.Children[0]), Version(node.Children[1]));
        }

        check.Mistakes.Add(node, "has to be a list of the first and the last version, as texts of numbers and dots, null for an open end: [ \"4.18\", null ]");
        return null;
    }

    private static string? Version(ProfileNode node) => node.Kind == NodeKind.Null ? null : node.Text;

    private static bool IsVersion(ProfileNode node) => node.Kind == NodeKind.Null
        || (node.Kind == NodeKind.Text && node.Text.Split('.').All(part => part.Length is > 0 and <= 9 && part.All(char.IsAsciiDigit)));
}
