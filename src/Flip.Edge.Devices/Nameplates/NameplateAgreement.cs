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
        return second with
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
    }

    /// <summary>True when both readings tell every field alike.</summary>
    public static bool Agree(Nameplate first, Nameplate second) =>
        first.Manufacturer.Agrees(second.Manufacturer) && first.Model.Agrees(second.Model)
        && first.SerialNumber.Agrees(second.SerialNumber) && first.Firmware.Agrees(second.Firmware)
        && first.CapacityWh.Agrees(second.CapacityWh) && first.MaxChargeW.Agrees(second.MaxChargeW)
        && first.MaxDischargeW.Agrees(second.MaxDischargeW);

    private static NameplateField<T> Agree<T>(
        string name, NameplateField<T> first, NameplateField<T> second, List<NameplateWarning> warnings)
        where T : notnull
    {
        if (first.Agrees(second)) return second;
        string sentence = $"two readings of the {name} differ: first {first}, then {second}";
        warnings.Add(new("disagree", sentence, false));
        return second with { State = FieldState.Invalid, Value = default, Kind = null, Reason = sentence };
    }
}
