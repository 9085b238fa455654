using Flip.Edge.Devices.SunSpec;

namespace Flip.Edge.Devices.Profiles.Files;

/// <summary>What a SunSpec family does differently from the standard.</summary>
internal static class SunSpecSection
{
    private const int LastModel = 65534;
    private const int LongestModel = 65535;

    // The points that a nameplate is made of: another one can't be wrong in it.
    private static readonly IReadOnlyDictionary<string, ushort> ReadPoints = new SunSpecPoint[]
    {
        SunSpecPoints.NameplatePower, SunSpecPoints.NameplateEnergy, SunSpecPoints.NameplateCharge, SunSpecPoints.NameplateDischarge,
        SunSpecPoints.SettingsPower, SunSpecPoints.StorageCharge, SunSpecPoints.DerPower, SunSpecPoints.DerCharge, SunSpecPoints.DerDischarge,
        SunSpecPoints.StorageCapacity, SunSpecPoints.BatteryEnergy, SunSpecPoints.BatteryCharge, SunSpecPoints.BatteryDischarge,
    }.ToDictionary(point => FormattableString.Invariant($"{point.Model}.{point.Name}"), point => point.Model);

    public static SunSpecCorrections Read(ProfileObject root, ProfileContext context)
    {
        if (root.Object("sunspec") is not { } section) return new();
        if (context.Map != ProfileMap.SunSpec) root.Fail("sunspec", "belongs into a profile with map sunspec");
        SunSpecCorrections corrections = new()
        {
            Ignore = [.. section.Objects("ignore").Select(ignored => Ignored(ignored, context)).OfType<IgnoredPoint>()],
            Base = section.Find("base")?.AsWhole(context.Mistakes, 0, 65533),
            Directory = section.Object("directory") is { } directory ? Directory(directory, context) : null,
        };
        section.Close();
        return corrections;
    }

    private static IgnoredPoint? Ignored(ProfileObject ignored, ProfileContext context)
    {
        ProfileNode? point = ignored.Required("point", "model and name, as in \"702.WChaRteMaxRtg\"");
        string why = ignored.RequiredText("why", "the sentence for a person: why the value is not believed");
        ProfileEvidence evidence = context.Evidence.Of(ignored);
        ignored.Close();
        if (point?.AsText(context.Mistakes) is not { } name) return null;
        if (ReadPoints.TryGetValue(name, out ushort model)) return new(model, name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..], why, evidence);
        context.Mistakes.Add(point, $"{point.Found}, which is no SunSpec number that a nameplate is made of; {Spelling.Hint(name, ReadPoints.Keys)}");
        return null;
    }

    private static SunSpecDirectory Directory(ProfileObject directory, ProfileContext context)
    {
        int length = directory.RequiredWhole("entry_length", "registers in an entry", 1, LongestModel);
        SunSpecDirectory read = new(
            (ushort)directory.RequiredWhole("model", "the id of the model that lists the parts", 1, LastModel),
            directory.RequiredWhole("count", "the offset of the number of entries, from the model's id register", 2, LongestModel),
            directory.RequiredWhole("first", "the offset of the first entry, from the model's id register", 2, LongestModel),
            length,
            directory.RequiredWhole("unit_offset", "the offset of the unit id in an entry", 0, LongestModel),
            directory.Required("part_models", "how the model names of batteries begin")?.AsTexts(context.Mistakes) ?? [],
            context.Evidence.Of(directory));
        directory.Close();
        if (read.UnitOffset >= length) directory.Fail("unit_offset", FormattableString.Invariant($"is {read.UnitOffset}, and an entry has {length} registers"));
        return read;
    }
}
