using Flip.Edge.Devices.Profiles;

namespace Flip.Edge.DevicesDoc;

/// <summary>Makes <c>docs/devices.md</c>: the template's own words, and what the profiles say.</summary>
internal static class DevicesDocument
{
    public const string Template = "eng/devices-doc/devices.template.md";

    private const string Remark = "<!-- Made by eng/devices-doc of devices.template.md and the profiles: change those, not this file. -->\n\n";

    public static string Of(string template, ProfileCatalog profiles)
    {
        if (profiles.Names.Where(name => profiles.Find(name) is null).ToArray() is { Length: > 0 } wrong)
        {
            throw new InvalidDataException($"wrong profiles: {string.Join(", ", wrong)}");
        }

        DeviceProfile[] all = [.. profiles.Names.Select(name => profiles.Find(name)!)];
        DeviceProfile[] readable = [.. all.Where(profile => profile.Map != ProfileMap.None)];
        string text = template;
        foreach ((string mark, string part) in (ReadOnlySpan<(string, string)>)
        [
            ("{{overview}}", OverviewTable.Of(readable)),
            ("{{families}}", string.Join('\n', readable.Select(FamilySection.Of))),
            ("{{without-modbus}}", OverviewTable.OfWithoutModbus(all.Where(profile => profile.Map == ProfileMap.None))),
        ])
        {
            if (!text.Contains(mark, StringComparison.Ordinal)) throw new InvalidDataException($"{Template} has no {mark}");
            text = text.Replace(mark, part.TrimEnd('\n'), StringComparison.Ordinal);
        }

        return Remark + text;
    }
}
