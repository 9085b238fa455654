using Flip.Edge.Devices.Nameplates;

namespace Flip.Edge.Devices.Profiles.Reading;

/// <summary>
/// The batteries that are really there, each once, and their sums. A block that repeats another's serial number, and one that tells of
/// a battery but no energy, are phantoms that some firmware shows (solaredge_modbus#15).
/// </summary>
internal sealed class BatterySum
{
    private readonly List<BatteryPart> _real = [];
    private readonly List<BatteryPart> _all;

    public BatterySum(IEnumerable<BatteryPart> parts, List<NameplateWarning> warnings)
    {
        Dictionary<string, BatteryPart> bySerial = new(StringComparer.Ordinal);
        _all = [.. parts];
        foreach (BatteryPart part in _all)
        {
            if (!IsThere(part))
            {
                if (part.Of(BatteryField.SerialNumber).IsPresent || part.Of(BatteryField.Manufacturer).IsPresent || part.Of(BatteryField.Model).IsPresent)
                {
                    warnings.Add(new("map", $"{part.Name} tells a name and no energy, and counts as none: {part.Of(BatteryField.CapacityWh).Reason}", false));
                }

                continue;
            }

            ValueReading serial = part.Of(BatteryField.SerialNumber);
            if (serial is { IsPresent: true, Text: { } number } && Serial(part).IsPresent && !bySerial.TryAdd(number, part))
            {
                warnings.Add(new("map", $"{part.Name} has the serial number of {bySerial[number].Name}, and counts once", false));
                continue;
            }

            _real.Add(part);
        }

        if (_real.Count > 1) warnings.AddRange(_real.Where(part => !Serial(part).IsPresent).SelectMany(MayBeAnother));
    }

    /// <summary>The parts of the sums.</summary>
    public IReadOnlyList<BatteryNameplate> Parts => [.. _real.Select(part => new BatteryNameplate
    {
        Manufacturer = Text(part.Of(BatteryField.Manufacturer)),
        Model = Text(part.Of(BatteryField.Model)),
        SerialNumber = Serial(part),
        Firmware = Text(part.Of(BatteryField.Firmware)),
        CapacityWh = Plausibility.CheckCapacity(Number(part.Of(BatteryField.CapacityWh), "Wh")),
        ChargeW = Plausibility.CheckPower(Number(part.Of(BatteryField.ChargeW), "W")),
        DischargeW = Plausibility.CheckPower(Number(part.Of(BatteryField.DischargeW), "W")),
    })];

    /// <summary>A number summed over all batteries, or a text that all have, the first one's first.</summary>
    public ValueReading Of(BatteryField field)
    {
        if (_all.Count == 0) return ValueReading.Absent("batteries", "the device tells of no battery", false);
        if (_real.Count == 0) return (_all.FirstOrDefault(part => part.Of(field).State == FieldState.Invalid) ?? _all[0]).Of(field);
        if (field is BatteryField.CapacityWh or BatteryField.ChargeW or BatteryField.DischargeW)
        {
            // Every battery has its own: one that does not tell it makes the sum unknown.
            ValueReading[] values = [.. _real.Select(part => Believable(part.Of(field), field == BatteryField.CapacityWh))];
            return values.FirstOrDefault(value => value.State == FieldState.NotImplemented) ?? DerivedValue.Sum(values);
        }

        return _real[0].Of(field);
    }

    // With its powers but without an energy it is a battery that lost its energy to a firmware update (solaredge-modbus-multi#961).
    private static bool IsThere(BatteryPart part) =>
        part.Of(BatteryField.CapacityWh) is var capacity
        && (capacity.IsPresent || (capacity.State == FieldState.Invalid && (part.Of(BatteryField.ChargeW).IsPresent || part.Of(BatteryField.DischargeW).IsPresent)));

    // Two without serial numbers may be one battery that is listed twice.
    private static IEnumerable<NameplateWarning> MayBeAnother(BatteryPart part) =>
        ((string[])[nameof(NameplateOverrides.CapacityWh), nameof(NameplateOverrides.MaxChargeW), nameof(NameplateOverrides.MaxDischargeW)]).Select(name =>
            new NameplateWarning("map", $"{part.Name} may be one of the others, shown twice: {Serial(part).Reason}; count the batteries, and type that of all of them as Overrides:{name}", true, name));

    // A sum hides a part that can't be true: what no battery has is no part of it.
    private static ValueReading Believable(ValueReading value, bool isEnergy)
    {
        if (!value.IsPresent) return value;
        NameplateField<decimal> field = isEnergy ? Plausibility.CheckCapacity(Number(value, "Wh")) : Plausibility.CheckPower(Number(value, "W"));
        return field.IsPresent ? value : ValueReading.Invalid(value.Source, field.Reason!, value.Raw);
    }

    private static NameplateField<string> Serial(BatteryPart part) => SerialNumbers.Check(Text(part.Of(BatteryField.SerialNumber)));

    private static NameplateField<string> Text(ValueReading value) =>
        new(value.State, value.Text ?? (value.Number is { } number ? PointDecoder.Plain(number) : null), null, value.IsPresent ? value.Kind : null, value.Source, value.Raw, value.Reason);

    private static NameplateField<decimal> Number(ValueReading value, string unit) =>
        new(value.State, PointDecoder.Trimmed(value.Number ?? 0), unit, value.IsPresent ? value.Kind : null, value.Source, value.Raw, value.Reason);
}
