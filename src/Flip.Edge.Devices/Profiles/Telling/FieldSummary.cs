namespace Flip.Edge.Devices.Profiles.Telling;

/// <summary>What a profile makes of one value that Flip is told.</summary>
/// <param name="Name">For people: <c>capacity</c>.</param>
/// <param name="Standing">What the preferred way that is not missing is worth.</param>
/// <param name="Why">Why it is missing, where it is or may be.</param>
public sealed record FieldSummary(string Name, FieldStanding Standing, string? Why)
{
    /// <summary>Manufacturer, model, serial number, capacity, charge and discharge, and the inverter's rated power, in this order.</summary>
    public static IReadOnlyList<FieldSummary> Of(DeviceProfile profile) =>
    [
        One(profile, "manufacturer", ProfileField.Manufacturer),
        One(profile, "model", ProfileField.Model),
        One(profile, "serial number", ProfileField.SerialNumber),
        One(profile, "capacity", ProfileField.CapacityWh),
        One(profile, "charge power", ProfileField.BatteryChargeW, ProfileField.InverterChargeW),
        One(profile, "discharge power", ProfileField.BatteryDischargeW, ProfileField.InverterDischargeW),
        One(profile, "inverter's rated power", ProfileField.InverterRatedW),
    ];

    /// <summary>Whether one of the ways in which it can come rests on an estimate or on a fact that nobody is sure of.</summary>
    public bool MayBeDoubtful { get; init; }

    /// <summary>Whether a person has to type it, or to confirm it by typing.</summary>
    public bool NeedsPerson => Standing is FieldStanding.Typed or FieldStanding.Estimated or FieldStanding.Unsure;

    /// <summary>
    /// What has to be typed of what Flip asks for, or may have to be: where SunSpec alone can tell it, or a lesser way is an estimate. The
    /// inverter's rated power is not asked for.
    /// </summary>
    public static IReadOnlyList<FieldSummary> ToBeTyped(DeviceProfile profile) =>
        [.. Of(profile).SkipLast(1).Where(summary => summary.NeedsPerson || summary.MayBeDoubtful || summary is { Standing: FieldStanding.SunSpec, Why: not null })];

    private static FieldSummary One(DeviceProfile profile, string name, params ProfileField[] fields)
    {
        FieldOrigin[][] ways = [.. fields.Select(field => FieldOrigin.Of(profile, field).ToArray())];
        FieldStanding[][] told = [.. ways.Select(origins => origins.Where(origin => origin.Standing != FieldStanding.Typed).Select(origin => origin.Standing).ToArray())];
        string? why = ways.SelectMany(origins => origins).FirstOrDefault(origin => origin.Standing == FieldStanding.Typed)?.Text;
        FieldStanding standing = IsSaidToBeMissing(ways, told) ? FieldStanding.Typed
            : Together([.. told.Where(standings => standings.Length > 0).Select(standings => standings.Min())]);
        return new(name, standing, why) { MayBeDoubtful = told.SelectMany(standings => standings).Any(IsDoubtful) };
    }

    // Where a profile says outright that nothing tells the battery's power, what SunSpec has for inverters of any maker does not tell it either.
    private static bool IsSaidToBeMissing(FieldOrigin[][] ways, FieldStanding[][] told) =>
        ways[0].Length > 0 && told[0].Length == 0 && told.Skip(1).All(standings => standings.All(standing => standing == FieldStanding.SunSpec));

    // The smaller of battery and inverter is sent, and one of them alone will do: so the estimate of one taints a rating of the other.
    private static FieldStanding Together(FieldStanding[] parts) =>
        parts.Length == 0 ? FieldStanding.Typed : IsDoubtful(parts.Max()) ? parts.Max() : parts.Min();

    private static bool IsDoubtful(FieldStanding standing) => standing is FieldStanding.Unsure or FieldStanding.Estimated;
}
