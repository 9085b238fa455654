namespace Flip.Edge.Devices.Profiles.Files;

/// <summary>What a point has that does not say otherwise.</summary>
/// <param name="WordOrder">Which word comes first.</param>
/// <param name="Zero">What 0 means in an amount.</param>
/// <param name="Sentinels">Raw values that mean "none", by type.</param>
internal sealed record PointDefaults(WordOrder WordOrder, ZeroMeaning Zero, IReadOnlyDictionary<PointType, IReadOnlyList<ulong>> Sentinels)
{
    public static PointDefaults Read(ProfileObject root) => new(
        root.Choice("word_order", Vocabulary.WordOrders) ?? WordOrder.HighFirst,
        root.Choice("zero", Vocabulary.Zeros) ?? ZeroMeaning.Invalid,
        SentinelsByType(root));

    /// <summary>A list of raw values of one type.</summary>
    public static IReadOnlyList<ulong> SentinelList(ProfileNode node, PointType type, ProfileMistakes mistakes)
    {
        List<ulong> sentinels = [];
        if (node.Kind != NodeKind.List)
        {
            mistakes.Add(node, $"{node.Found}, and has to be a list of raw values: [ \"0xFFFF\" ]");
            return sentinels;
        }

        foreach (ProfileNode item in node.Children)
        {
            if (PointTypes.Bits(item, type) is { } bits) sentinels.Add(bits);
            else mistakes.Add(item, $"{item.Found}, and has to be a raw value of a {Vocabulary.NameOf(Vocabulary.Types, type)}: {Example(type)}");
        }

        return sentinels;
    }

    private static Dictionary<PointType, IReadOnlyList<ulong>> SentinelsByType(ProfileObject root)
    {
        Dictionary<PointType, IReadOnlyList<ulong>> sentinels = [];
        if (root.Object("sentinels") is not { } section) return sentinels;
        foreach (ProfileNode member in section.Members())
        {
            if (!Vocabulary.Types.TryGetValue(member.Name, out PointType type) || type == PointType.Text)
            {
                root.Mistakes.Add(member, $"is no type of number; {Spelling.Hint(member.Name, Vocabulary.Types.Keys.Where(name => name != "text"))}");
                continue;
            }

            sentinels[type] = SentinelList(member, type, root.Mistakes);
        }

        return sentinels;
    }

    private static string Example(PointType type) => type switch
    {
        PointType.F32 => "its bits with 0x, as in \"0x7F7FFFFF\"",
        PointType.U64 or PointType.S64 => "with 0x and at most 16 digits, or as a number that fits",
        PointType.U32 or PointType.S32 => "with 0x and at most 8 digits, or as a number that fits",
        _ => "with 0x and at most 4 digits, or as a number that fits",
    };
}
