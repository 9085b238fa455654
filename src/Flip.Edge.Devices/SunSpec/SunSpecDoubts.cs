using Flip.Edge.Devices.Nameplates;

namespace Flip.Edge.Devices.SunSpec;

/// <summary>What a map's shape says against the numbers in it.</summary>
internal static class SunSpecDoubts
{
    private static readonly (ushort Model, string[] Overrides)[] OnlyOnce =
    [
        (120, [nameof(NameplateOverrides.MaxChargeW), nameof(NameplateOverrides.MaxDischargeW)]),
        (702, [nameof(NameplateOverrides.MaxChargeW), nameof(NameplateOverrides.MaxDischargeW)]),
        (713, [nameof(NameplateOverrides.CapacityWh)]),
    ];

    /// <summary>Notes of what is odd, and questions where a battery may be missing from a number, or be in it twice.</summary>
    public static IEnumerable<NameplateWarning> Of(SunSpecMap map)
    {
        foreach (string oddity in map.Oddities) yield return new("map", oddity, false);
        foreach ((ushort id, string[] overrides) in OnlyOnce)
        {
            int count = map.Of(id).Count();
            if (count < 2) continue;
            foreach (string name in overrides)
            {
                yield return new("map",
                    $"the device has model {id} {count} times and the first was taken; look at the label and type Overrides:{name}", true, name);
            }
        }

        if (map.BreaksOff)
        {
            foreach (NameplateWarning warning in OfEveryNumber("the models are not a whole chain, so a battery may have been missed or counted twice")) yield return warning;
        }

        // Makers' maps are known to be wrong in places (FranklinWH's powers, for one), and nobody can say whether this is such a one.
        if (map.Of(SunSpecPoints.Manufacturer.Model).FirstOrDefault() is { } common && SunSpecDecoder.Text(map, common, SunSpecPoints.Manufacturer) is { IsPresent: false } maker)
        {
            foreach (NameplateWarning warning in OfEveryNumber($"it can't be told whose map this is, nor what is known to be wrong with it: {maker.Reason}")) yield return warning;
        }
    }

    private static IEnumerable<NameplateWarning> OfEveryNumber(string why) =>
        ((string[])[nameof(NameplateOverrides.CapacityWh), nameof(NameplateOverrides.MaxChargeW), nameof(NameplateOverrides.MaxDischargeW)])
            .Select(name => new NameplateWarning("map", $"{why}; look at the label and type Overrides:{name}", true, name));

    /// <summary>
    /// Why a device whose ratings are all 0 is taken to sleep, or null. Inverters answer at night with zeros that look healthy
    /// (solax#88): one 0 is a rating that can't be true, nothing but 0 is a device that has not measured itself yet.
    /// </summary>
    public static string? Asleep(SunSpecMap map)
    {
        int zeros = 0;
        foreach (SunSpecModel model in map.Models)
        {
            foreach (SunSpecPoint point in SunSpecPoints.Ratings)
            {
                if (point.Model != model.Id || map.Blocks.Find(model.Address + point.Offset) is not { } word || word is 0xFFFF) continue;
                if (word != 0) return null;
                zeros++;
            }
        }

        return zeros < 2 ? null : $"all of its {zeros} ratings are 0: it is asleep or starting, and is waited for";
    }
}
