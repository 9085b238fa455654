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

        AskForGaps(warnings);
        AskForTwins(warnings);
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

    // Batteries are numbered without gaps: a block that nothing came from before one that is there may be a battery that was not heard.
    private void AskForGaps(List<NameplateWarning> warnings)
    {
        int last = _real.Count == 0 ? -1 : _all.IndexOf(_real[^1]);
        foreach (BatteryPart gap in _all.Take(last).Where(part => part.Of(BatteryField.CapacityWh) is { State: FieldState.NotImplemented, Raw.Count: 0 }))
        {
            Ask(warnings, $"nothing came from {gap.Name}, although {_all[last].Name} is there; if it is a battery, type the value of all of them as Overrides:");
        }
    }

    // Several of which one has no serial number may be one battery that is shown twice.
    private void AskForTwins(List<NameplateWarning> warnings)
    {
        foreach (BatteryPart part in _real.Where(part => _real.Count > 1 && !Serial(part).IsPresent))
        {
            Ask(warnings, $"{part.Name} may be one of the others, shown twice: {Serial(part).Reason}; count the batteries, and type the value of all of them as Overrides:");
        }
    }

    private static void Ask(List<NameplateWarning> warnings, string sentence)
    {
        foreach (string name in (string[])[nameof(NameplateOverrides.CapacityWh), nameof(NameplateOverrides.MaxChargeW), nameof(NameplateOverrides.MaxDischargeW)])
        {
            warnings.Add(new("map", sentence + name, true, name));
        }
    }

    // With its powers but without an energy it is a battery that lost its energy to a firmware update (solaredge-modbus-multi#961).
    // One whose energy could not be read, so that there are no registers of it, may be any battery.
    private static bool IsThere(BatteryPart part) =>
        part.Of(BatteryField.CapacityWh) is var capacity
        && (capacity.IsPresent || (capacity.State == FieldState.Invalid
            && (capacity.Raw.Count == 0 || part.Of(BatteryField.ChargeW).IsPresent || part.Of(BatteryField.DischargeW).IsPresent)));

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
