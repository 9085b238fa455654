namespace Flip.Edge.Devices.Profiles.Files;

/// <summary>Puts the sections together, in the order in which they need each other.</summary>
internal static class WholeProfile
{
    // What only a device with registers can have.
    private static readonly string[] OfRegisters =
        ["transport", "units", "probe", "word_order", "zero", "sentinels", "quirks", "points", "tables", "anchor", "asleep", "batteries", "sunspec", "nameplate"];

    public static DeviceProfile Read(ProfileObject root, string? fileName)
    {
        DeviceProfile head = Head(root, fileName);
        IReadOnlyDictionary<string, ProfileSource> sources = SourcesSection.Read(root);
        // For editors, which find the schema by it.
        root.Text("$schema");
        EvidenceReader evidence = new(root, sources);
        DeviceProfile profile = head with { Sources = sources, Caveats = Caveats(root, evidence) };
        if (head.Map != ProfileMap.None)
        {
            root.Unwanted("no_modbus", "belongs to map none, and this family has Modbus: leave it out");
            profile = WithRegisters(root, profile, evidence);
        }
        else
        {
            string noModbus = root.RequiredText("no_modbus", "the sentence for a person who asks for this family");
            foreach (string name in OfRegisters) root.Unwanted(name, "belongs to a family with Modbus, and map is none: leave it out");
            profile = profile with { NoModbus = noModbus };
        }

        root.Close();
        return profile;
    }

    private static DeviceProfile Head(ProfileObject root, string? fileName)
    {
        string name = root.RequiredText("name", "small letters, digits and hyphens, as the file is called");
        if (name.Length > 0 && (!NodeValues.IsName(name, '-') || name == ProfileFile.ReservedName))
        {
            root.Fail("name", name == ProfileFile.ReservedName
                ? "is \"auto\", which asks for probing: choose another"
                : $"is \"{ProfileNode.Shown(name)}\", and has to be small letters, digits and hyphens, beginning with a letter, at most 64");
        }

        if (fileName is not null && fileName != $"{name}.json") root.Fail("name", $"is \"{ProfileNode.Shown(name)}\", and the file is called {fileName}: they have to be the same");
        ProfileMap map = root.Required("map", NodeValues.OneOf(Vocabulary.Maps.Keys))?.AsChoice(root.Mistakes, Vocabulary.Maps) ?? ProfileMap.Registers;
        if (name == ProfileFile.SunSpecName && map != ProfileMap.SunSpec)
        {
            root.Fail("map", "has to be \"sunspec\" in the profile that is called so: every SunSpec device without a profile of its own is read with it");
        }

        return new()
        {
            Name = name,
            Version = root.RequiredWhole("version", "a whole number, raised with every change of what is read", 1, 1_000_000),
            Title = root.RequiredText("title", "maker, series and models, for people"),
            Brands = Brands(root),
            Map = map,
        };
    }

    // Plain SunSpec is nobody's brand.
    private static IReadOnlyList<string> Brands(ProfileObject root) =>
        root.Required("brands", "the makers that sell it, or []") is { } node and not { Kind: NodeKind.List, Children.Count: 0 } ? node.AsTexts(root.Mistakes) ?? [] : [];

    private static ProfileCaveat[] Caveats(ProfileObject root, EvidenceReader evidence) =>
    [
        .. root.Objects("caveats").Select(caveat =>
        {
            ProfileCaveat read = new(caveat.RequiredText("text", "one or two sentences for the person who installs it"), evidence.Of(caveat));
            caveat.Close();
            return read;
        }),
    ];

    private static DeviceProfile WithRegisters(ProfileObject root, DeviceProfile head, EvidenceReader evidence)
    {
        (int? order, IReadOnlyList<string> manufacturers) = Probe(root, head.Map);
        IReadOnlyDictionary<string, IReadOnlyList<byte>> units = TransportSection.ReadUnits(root, head.Map);
        ProfileContext context = new(head.Map, evidence, units, root.Mistakes);
        PointReader reader = new(context, PointDefaults.Read(root));
        context = context with { Points = PointsSection.Read(root, context, reader), Tables = PointsSection.ReadTables(root) };
        context = context with { Batteries = PointsSection.ReadBatteries(root, context, reader) };
        SunSpecCorrections sunSpec = SunSpecSection.Read(root, context);
        context = context with { HasParts = sunSpec.Directory is not null };
        if (head.Map == ProfileMap.Registers) root.Required("anchor", "checks that prove the device, all of which must hold: nothing is believed before");
        DeviceProfile profile = head with
        {
            Transport = TransportSection.Read(root),
            Units = units,
            ProbeOrder = order,
            WhenSunSpecSays = manufacturers,
            Quirks = QuirksSection.Read(root, context),
            Points = context.Points,
            Tables = context.Tables,
            Anchor = CheckReader.List(root, "anchor", context),
            Asleep = CheckReader.List(root, "asleep", context),
            Batteries = context.Batteries,
            SunSpec = sunSpec,
            Nameplate = NameplateSection.Read(root, context),
        };
        Leftovers.Check(root, profile, context);
        return profile;
    }

    private static (int? Order, IReadOnlyList<string> Manufacturers) Probe(ProfileObject root, ProfileMap map)
    {
        const int last = 10_000;
        if (root.Object("probe") is not { } probe) return (null, []);
        int? order = probe.Whole("order", 0, last);
        if (map == ProfileMap.SunSpec) probe.Unwanted("order", "belongs to map registers: a SunSpec family is found by when_sunspec_says");
        IReadOnlyList<string> manufacturers = probe.Texts("when_sunspec_says");
        probe.Close();
        return (order, manufacturers);
    }
}
