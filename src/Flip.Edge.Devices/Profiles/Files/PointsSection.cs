namespace Flip.Edge.Devices.Profiles.Files;

/// <summary>Registers by name, batteries' blocks, and tables of codes.</summary>
internal static class PointsSection
{
    private const int LastAddress = 65535;

    public static IReadOnlyDictionary<string, ProfilePoint> Read(ProfileObject root, ProfileContext context, PointReader reader)
    {
        Dictionary<string, ProfilePoint> points = [];
        ProfileNode? node = context.Map == ProfileMap.Registers ? root.Required("points", "the registers by name") : root.Find("points");
        if (node is null) return points;
        foreach (ProfileNode member in new ProfileObject(node, root.Mistakes).Members())
        {
            if (!NodeValues.IsName(member.Name, '_')) root.Mistakes.Add(member, "is no name of a point: small letters, digits and _, beginning with a letter");
            points[member.Name] = reader.Read(new(member, root.Mistakes), isInBattery: false);
        }

        return points;
    }

    public static ProfileBatteries? ReadBatteries(ProfileObject root, ProfileContext context, PointReader reader)
    {
        if (root.Object("batteries") is not { } section) return null;
        IReadOnlyList<int> bases = section.Required("bases", "the first register of each battery's block")?.AsAddresses(root.Mistakes) ?? [];
        Dictionary<BatteryField, ProfilePoint> points = [];
        ProfileNode? node = section.Required("points", "what is in a block; capacity_wh at least");
        foreach (ProfileNode member in node is null ? [] : new ProfileObject(node, root.Mistakes).Members())
        {
            ProfilePoint point = reader.Read(new(member, root.Mistakes), isInBattery: true);
            if (!Vocabulary.BatteryFields.TryGetValue(member.Name, out BatteryField field))
            {
                root.Mistakes.Add(member, $"is nothing that is known of a battery; {Spelling.Hint(member.Name, Vocabulary.BatteryFields.Keys)}");
                continue;
            }

            points[field] = point;
            CheckUnit(member, field, point, root.Mistakes);
        }

        if (node is not null && !points.ContainsKey(BatteryField.CapacityWh))
        {
            root.Mistakes.Add(node.Line, $"{node.Key}.capacity_wh", "is missing: a block without a capacity is no battery");
        }

        ProfileEvidence evidence = context.Evidence.Of(section);
        section.Close();
        CheckBlocks(section, bases, points.Values);
        return new(bases, points, evidence);
    }

    public static IReadOnlyDictionary<string, IReadOnlyDictionary<long, string>> ReadTables(ProfileObject root)
    {
        Dictionary<string, IReadOnlyDictionary<long, string>> tables = [];
        if (root.Object("tables") is not { } section) return tables;
        foreach (ProfileNode member in section.Members())
        {
            if (!NodeValues.IsName(member.Name, '_')) root.Mistakes.Add(member, "is no name of a table: small letters, digits and _, beginning with a letter");
            Dictionary<long, string> table = [];
            ProfileObject codes = new(member, root.Mistakes);
            foreach (ProfileNode entry in codes.Members()) AddCode(table, entry, root.Mistakes);
            if (member.Kind == NodeKind.Object && codes.Members().Count == 0) root.Mistakes.Add(member, "is empty: write codes and their meanings, or leave it out");
            tables[member.Name] = table;
        }

        return tables;
    }

    private static void AddCode(Dictionary<long, string> table, ProfileNode entry, ProfileMistakes mistakes)
    {
        long? code = NodeValues.Bits(entry.Name) is { } bits and <= long.MaxValue ? (long)bits
            : long.TryParse(entry.Name, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out long number)
                && entry.Name[0] != '+' ? number : null;
        if (code is null) mistakes.Add(entry, "is no code: a whole number, or one with 0x");
        else if (table.ContainsKey(code.Value)) mistakes.Add(entry, FormattableString.Invariant($"is the code {code} a second time: leave one"));
        else if (entry.Kind == NodeKind.Number) table[code.Value] = entry.Text;
        else if (entry.AsText(mistakes) is { } meaning) table[code.Value] = meaning;
    }

    private static void CheckUnit(ProfileNode member, BatteryField field, ProfilePoint point, ProfileMistakes mistakes)
    {
        string? wanted = field switch { BatteryField.CapacityWh => "Wh", BatteryField.ChargeW or BatteryField.DischargeW => "W", _ => null };
        if (wanted is not null && point.Unit != wanted) mistakes.Add(member.Line, $"{member.Key}.unit", $"is {point.Unit ?? "missing"}, and has to be {wanted}: bring it there by scale");
    }

    // Two blocks that share a register can't be two batteries.
    private static void CheckBlocks(ProfileObject section, IReadOnlyList<int> bases, IEnumerable<ProfilePoint> points)
    {
        ProfilePoint[] all = [.. points];
        if (all.Length == 0 || bases.Count == 0) return;
        int length = all.Max(point => point.Address + point.Registers);
        int first = all.Min(point => point.Address);
        if (bases.Max() + length > LastAddress + 1) section.Fail("bases", FormattableString.Invariant($"has a block from {bases.Max()} on, and its {length} registers end after {LastAddress}"));
        foreach ((int one, int next) in bases.Order().Zip(bases.Order().Skip(1)))
        {
            if (next - one < length - first) section.Fail("bases", FormattableString.Invariant($"has blocks at {one} and {next}, and a block is {length - first} registers long: they overlap"));
        }
    }
}
