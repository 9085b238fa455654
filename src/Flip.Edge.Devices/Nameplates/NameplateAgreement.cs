namespace Flip.Edge.Devices.Nameplates;

/// <summary>
/// A reading counts only when a second one says the same: gateways replay and truncate, and a value off by one register looks
/// healthy (Growatt_ModbusTCP#349, #447).
/// </summary>
public static class NameplateAgreement
{
    /// <summary>The later reading, with each field that the two readings tell differently marked invalid.</summary>
    public static Nameplate Merge(Nameplate first, Nameplate second)
    {
        List<NameplateWarning> warnings = [.. second.Warnings];
        Nameplate merged = second with
        {
            Manufacturer = Agree("manufacturer", first.Manufacturer, second.Manufacturer, warnings),
            Model = Agree("model", first.Model, second.Model, warnings),
            SerialNumber = Agree("serial number", first.SerialNumber, second.SerialNumber, warnings),
            Firmware = Agree("firmware", first.Firmware, second.Firmware, warnings),
            CapacityWh = Agree("capacity", first.CapacityWh, second.CapacityWh, warnings),
            MaxChargeW = Agree("charge power", first.MaxChargeW, second.MaxChargeW, warnings),
            MaxDischargeW = Agree("discharge power", first.MaxDischargeW, second.MaxDischargeW, warnings),
            Warnings = warnings,
        };
        if (IsSame(first.Batteries, second.Batteries)) return merged;

        // Other parts may well come to the same sum, and nobody knows which are all of them.
        string sentence = $"two readings tell of other batteries: first {Text(first.Batteries)}, then {Text(second.Batteries)}";
        warnings.Add(new("disagree", sentence, false));
        return merged with
        {
            CapacityWh = Untold(merged.CapacityWh, sentence),
            MaxChargeW = Untold(merged.MaxChargeW, sentence),
            MaxDischargeW = Untold(merged.MaxDischargeW, sentence),
        };
    }

    /// <summary>True when both readings tell every field alike, and of the same batteries.</summary>
    public static bool Agree(Nameplate first, Nameplate second) =>
        IsSame(first.Manufacturer, second.Manufacturer) && IsSame(first.Model, second.Model)
        && IsSame(first.SerialNumber, second.SerialNumber) && IsSame(first.Firmware, second.Firmware)
        && IsSame(first.CapacityWh, second.CapacityWh) && IsSame(first.MaxChargeW, second.MaxChargeW)
        && IsSame(first.MaxDischargeW, second.MaxDischargeW) && IsSame(first.Batteries, second.Batteries);

    // The same number out of another register is a coincidence, and one of the two registers was not read rightly.
    private static bool IsSame<T>(NameplateField<T> first, NameplateField<T> second)
        where T : notnull => first.Agrees(second) && (!first.IsPresent || first.Source == second.Source);

    private static bool IsSame(IReadOnlyList<BatteryNameplate> first, IReadOnlyList<BatteryNameplate> second) =>
        first.Count == second.Count
        && first.Zip(second).All(pair => IsSame(pair.First.SerialNumber, pair.Second.SerialNumber) && IsSame(pair.First.CapacityWh, pair.Second.CapacityWh));

    private static string Text(IReadOnlyList<BatteryNameplate> batteries) =>
        batteries.Count == 0 ? "none" : string.Join(" and ", batteries.Select(battery => $"{battery.SerialNumber} with {battery.CapacityWh}"));

    private static NameplateField<decimal> Untold(NameplateField<decimal> field, string sentence) =>
        field.IsPresent ? field with { State = FieldState.Invalid, Value = default, Kind = null, Reason = sentence } : field;

    private static NameplateField<T> Agree<T>(
        string name, NameplateField<T> first, NameplateField<T> second, List<NameplateWarning> warnings)
        where T : notnull
    {
        if (IsSame(first, second)) return second;
        string sentence = $"two readings of the {name} differ: first {first}, then {second}";
        warnings.Add(new("disagree", sentence, false));
        return second with { State = FieldState.Invalid, Value = default, Kind = null, Reason = sentence };
    }
}
