using Flip.Edge.Devices.Nameplates;

namespace Flip.Edge.Devices.Profiles.Reading;

/// <summary>One battery as read: from a block of registers, or from a SunSpec map of its own.</summary>
/// <param name="Name">For sentences: <c>battery 2 (holding 57856)</c>.</param>
/// <param name="Values">What is told of it; a field that the family has not is not in it.</param>
internal sealed record BatteryPart(string Name, IReadOnlyDictionary<BatteryField, ValueReading> Values)
{
    public ValueReading Of(BatteryField field) =>
        Values.GetValueOrDefault(field) ?? ValueReading.Absent(Name, $"nothing tells the {Text(field)} of {Name}", false);

    /// <summary>The batteries in blocks of registers.</summary>
    public static IEnumerable<BatteryPart> Blocks(PassPoints points)
    {
        if (points.Profile.Batteries is not { } batteries) yield break;
        for (int i = 0; i < batteries.Bases.Count; i++)
        {
            Dictionary<BatteryField, ValueReading> values = [];
            foreach ((BatteryField field, ProfilePoint point) in batteries.Points)
            {
                values[field] = DerivedValue.OfPoint(points.Of(point with { Address = batteries.Bases[i] + point.Address }));
            }

            yield return new(FormattableString.Invariant($"battery {i + 1} ({PointSource.Of(3, batteries.Bases[i] + points.Shift, null)})"), values);
        }
    }

    /// <summary>A battery that answers at a unit id of its own with a SunSpec map.</summary>
    public static BatteryPart OfSunSpec(byte unit, Nameplate own)
    {
        PowerLimits limits = own.Limits;
        string name = FormattableString.Invariant($"the battery at unit {unit}");
        return new(name, new Dictionary<BatteryField, ValueReading>
        {
            [BatteryField.Manufacturer] = At(own.Manufacturer),
            [BatteryField.Model] = At(own.Model),
            [BatteryField.SerialNumber] = At(own.SerialNumber),
            [BatteryField.Firmware] = At(own.Firmware),
            [BatteryField.CapacityWh] = At(own.CapacityWh),
            [BatteryField.ChargeW] = At(limits.BatteryChargeW.State == FieldState.NotImplemented ? limits.InverterChargeW : limits.BatteryChargeW),
            [BatteryField.DischargeW] = At(limits.BatteryDischargeW.State == FieldState.NotImplemented ? limits.InverterDischargeW : limits.BatteryDischargeW),
        });

        ValueReading At<T>(NameplateField<T> field)
            where T : notnull =>
            ValueReading.Of(field) with { Source = FormattableString.Invariant($"{field.Source} on unit {unit}") };
    }

    private static string Text(BatteryField field) => field switch
    {
        BatteryField.SerialNumber => "serial number",
        BatteryField.CapacityWh => "capacity",
        BatteryField.ChargeW => "charge power",
        BatteryField.DischargeW => "discharge power",
        _ => field.ToString().ToLowerInvariant(),
    };
}
