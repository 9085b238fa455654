using Flip.Edge.Devices.Registers;

namespace Flip.Edge.Devices.Profiles.Reading;

/// <summary>Which points of a profile are needed: those that the nameplate, a check or the proof of the word order reaches, and no other.</summary>
internal static class ProfileWants
{
    /// <summary>The points that prove the device.</summary>
    public static IReadOnlyList<ProfilePoint> Proof(DeviceProfile profile) => Checked(profile, profile.Anchor);

    /// <summary>The points that prove the device or tell that it sleeps.</summary>
    public static IReadOnlyList<ProfilePoint> Anchor(DeviceProfile profile) => Checked(profile, profile.Anchor.Concat(profile.Asleep));

    /// <summary>Every point that is needed, those of the anchor first.</summary>
    public static IReadOnlyList<ProfilePoint> All(DeviceProfile profile)
    {
        HashSet<string> names = [];
        foreach (ProfileValue value in profile.Nameplate.Values.SelectMany(candidates => candidates)) Reach(value, names);
        IReadOnlyList<ProfilePoint> anchor = Anchor(profile);
        return [.. anchor, .. Points(profile, names).Except(anchor)];
    }

    /// <summary>The points of each battery. A battery that is not there is no fault, whether or not the profile says so of its blocks.</summary>
    public static IEnumerable<(int Number, BatteryField Field, ProfilePoint Point)> Batteries(DeviceProfile profile)
    {
        if (profile.Batteries is not { } batteries) yield break;
        for (int i = 0; i < batteries.Bases.Count; i++)
        {
            foreach ((BatteryField field, ProfilePoint point) in batteries.Points)
            {
                yield return (i + 1, field, point with { Address = batteries.Bases[i] + point.Address });
            }
        }
    }

    /// <summary>
    /// The registers of points whose unit is known. None for a number of more registers than fit into one read, nor for a point of a SunSpec
    /// model that the device lacks, nor for what was read along with something else.
    /// </summary>
    public static IEnumerable<WantedRegisters> Registers(PassPoints points, IEnumerable<ProfilePoint> wanted, int mostRegisters, string? block = null)
    {
        foreach (ProfilePoint point in wanted)
        {
            if (points.Units.GetValueOrDefault(point.On) is not { } unit || points.Place(point) is not { } place) continue;
            if (place.Count > mostRegisters && point.Type != PointType.Text) continue;
            if (points.Registers.Find(unit, point.Function, place.First, place.Count) is not null) continue;
            bool isOptional = points.Profile.Quirks.BlocksMayBeMissing?.Value.Contains(point.Name) == true;

            // Where absence is silence, two values that may be absent are not asked for at once: nobody could tell which is.
            string? alone = isOptional && points.Profile.Quirks.SilentInsteadOfException?.Value == true ? point.Name : null;
            yield return new(point.Name, unit, point.Function, place.First, place.Count, block ?? alone, isOptional);
        }
    }

    private static ProfilePoint[] Checked(DeviceProfile profile, IEnumerable<ProfileCheck> checks)
    {
        HashSet<string> names = [.. checks.Select(check => check.Point)];
        if (profile.Quirks.WordOrderBySetting is { } setting) names.Add(setting.Value);
        return Points(profile, names);
    }

    private static ProfilePoint[] Points(DeviceProfile profile, HashSet<string> names) =>
        [.. names.Where(profile.Points.ContainsKey).Select(name => profile.Points[name])];

    private static void Reach(ProfileValue value, HashSet<string> names)
    {
        if (value.When is { } when) names.Add(when.Point);
        switch (value)
        {
            case ProfileValue.OfPoint of: names.Add(of.Point); break;
            case ProfileValue.FromTable from: names.Add(from.Point); break;
            case ProfileValue.DigitsOf digits: names.Add(digits.Point); break;
            case ProfileValue.Sum sum: foreach (ProfileValue part in sum.Parts) Reach(part, names); break;
            case ProfileValue.Product product: foreach (ProfileValue part in product.Parts) Reach(part, names); break;
            case ProfileValue.Quotient quotient: Reach(quotient.Of, names); Reach(quotient.By, names); break;
            default: break;
        }
    }
}
