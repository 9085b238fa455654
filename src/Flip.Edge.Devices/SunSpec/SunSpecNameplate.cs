using Flip.Edge.Devices.Nameplates;

namespace Flip.Edge.Devices.SunSpec;

/// <summary>
/// Makes a nameplate of a map that was read. Ratings win over settings: capacity 713 &gt; sum of all 802 &gt; 120; the inverter's
/// charge and discharge 702 &gt; 120; the battery's from 802; a setting (124, 121) only where no rating is.
/// </summary>
internal static class SunSpecNameplate
{
    public const string Profile = "sunspec@1";

    public static Nameplate Of(SunSpecMap map, DateTimeOffset readAt)
    {
        List<NameplateWarning> warnings = [.. SunSpecDoubts.Of(map)];
        NameplateField<decimal> capacity = ChosenValue.Of(
            "capacity", nameof(NameplateOverrides.CapacityWh),
            Explained(map,
                (SunSpecPoints.StorageCapacity, First(map, SunSpecPoints.StorageCapacity)),
                (SunSpecPoints.BatteryEnergy, All(map, SunSpecPoints.BatteryEnergy)),
                (SunSpecPoints.NameplateEnergy, First(map, SunSpecPoints.NameplateEnergy))), warnings);
        PowerLimits limits = Limits(map, warnings);
        (NameplateField<decimal> charge, LimitingPart? chargeBy) =
            SustainedPower.Of(limits.BatteryChargeW, limits.InverterChargeW, limits.InverterRatedW);
        (NameplateField<decimal> discharge, LimitingPart? dischargeBy) =
            SustainedPower.Of(limits.BatteryDischargeW, limits.InverterDischargeW, limits.InverterRatedW);
        return new()
        {
            Profile = Profile,
            ReadAt = readAt,
            Manufacturer = Text(map, SunSpecPoints.Manufacturer),
            Model = Text(map, SunSpecPoints.Model),
            SerialNumber = SerialNumbers.Check(Text(map, SunSpecPoints.Serial)),
            Firmware = Text(map, SunSpecPoints.Version),
            CapacityWh = capacity,
            MaxChargeW = charge,
            MaxDischargeW = discharge,
            Limits = limits with { ChargeLimitedBy = chargeBy, DischargeLimitedBy = dischargeBy },
            Batteries = Batteries(map),
            Warnings = warnings,
        };
    }

    /// <summary>The settings worth a transaction of their own, now that the ratings are known.</summary>
    public static IEnumerable<SunSpecPoint> SettingsWanted(SunSpecMap map)
    {
        bool rated = First(map, SunSpecPoints.DerPower).IsPresent || First(map, SunSpecPoints.NameplatePower).IsPresent;
        if (!rated && map.Has(121)) yield return SunSpecPoints.SettingsPower;

        bool charge = First(map, SunSpecPoints.DerCharge).IsPresent || First(map, SunSpecPoints.NameplateCharge).IsPresent
            || All(map, SunSpecPoints.BatteryCharge).IsPresent;
        if (!charge && map.Has(124)) yield return SunSpecPoints.StorageCharge;
    }

    // One battery says nothing that the nameplate doesn't; of several, the sum and its parts are shown.
    private static BatteryNameplate[] Batteries(SunSpecMap map)
    {
        SunSpecModel[] models = [.. map.Of(SunSpecPoints.BatteryEnergy.Model)];
        return models.Length < 2 ? [] : [.. models.Select(model => new BatteryNameplate
        {
            Manufacturer = None("Mn"),
            Model = None("Md"),
            SerialNumber = None("SN"),
            Firmware = None("Vr"),
            CapacityWh = SunSpecDecoder.Number(map, model, SunSpecPoints.BatteryEnergy, FieldKind.Rated),
            ChargeW = SunSpecDecoder.Number(map, model, SunSpecPoints.BatteryCharge, FieldKind.Rated),
            DischargeW = SunSpecDecoder.Number(map, model, SunSpecPoints.BatteryDischarge, FieldKind.Rated),
        })];

        static NameplateField<string> None(string name) =>
            NameplateField.NotImplemented<string>(null, "SunSpec 802", $"SunSpec model 802 has no {name}");
    }

    private static PowerLimits Limits(SunSpecMap map, List<NameplateWarning> warnings)
    {
        NameplateField<decimal> batteryCharge = All(map, SunSpecPoints.BatteryCharge);
        List<NameplateField<decimal>> chargeSources =
        [
            .. Explained(map,
                (SunSpecPoints.DerCharge, First(map, SunSpecPoints.DerCharge)),
                (SunSpecPoints.NameplateCharge, First(map, SunSpecPoints.NameplateCharge))),
        ];
        if (!batteryCharge.IsPresent) chargeSources.Add(First(map, SunSpecPoints.StorageCharge, FieldKind.Configured));
        NameplateField<decimal> charge =
            ChosenValue.Of("inverter's charge power", nameof(NameplateOverrides.MaxChargeW), chargeSources, warnings);
        NameplateField<decimal> discharge = ChosenValue.Of("inverter's discharge power", nameof(NameplateOverrides.MaxDischargeW),
            Explained(map,
                (SunSpecPoints.DerDischarge, First(map, SunSpecPoints.DerDischarge)),
                (SunSpecPoints.NameplateDischarge, First(map, SunSpecPoints.NameplateDischarge))), warnings);

        // The rated power limits only where the inverter tells no limit of its own for a direction.
        NameplateField<decimal> rated = ChosenValue.Of("inverter's rated power", nameof(NameplateOverrides.MaxDischargeW), RatedSources(map), warnings,
            matters: !charge.IsPresent || !discharge.IsPresent);
        return new(batteryCharge, All(map, SunSpecPoints.BatteryDischarge), charge, discharge, rated, null, null);
    }

    private static List<NameplateField<decimal>> RatedSources(SunSpecMap map)
    {
        List<NameplateField<decimal>> sources = [First(map, SunSpecPoints.DerPower), First(map, SunSpecPoints.NameplatePower)];
        if (!sources.Any(source => source.IsPresent)) sources.Add(First(map, SunSpecPoints.SettingsPower, FieldKind.Configured));
        return sources;
    }

    private static NameplateField<decimal> First(SunSpecMap map, SunSpecPoint point, FieldKind kind = FieldKind.Rated) =>
        map.Of(point.Model).FirstOrDefault() is { } model ? SunSpecDecoder.Number(map, model, point, kind) : NoModel(map, point);

    private static NameplateField<decimal> All(SunSpecMap map, SunSpecPoint point)
    {
        NameplateField<decimal>[] parts = [.. map.Of(point.Model).Select(model => SunSpecDecoder.Number(map, model, point, FieldKind.Rated))];
        return parts.Length == 0 ? NoModel(map, point) : ChosenValue.Sum(parts);
    }

    // Where no source tells, the reason is that of one whose model is there. State and registers stay: whether anything came at all decides
    // whether a battery may have been missed.
    private static NameplateField<decimal>[] Explained(SunSpecMap map, params (SunSpecPoint Point, NameplateField<decimal> Field)[] sources)
    {
        NameplateField<decimal>[] fields = [.. sources.Select(source => source.Field)];
        if (fields.Any(field => field.State != FieldState.NotImplemented)) return fields;
        NameplateField<decimal>? there = sources.Where(source => map.Has(source.Point.Model)).Select(source => source.Field).FirstOrDefault();
        if (there is not null) fields[0] = fields[0] with { Reason = there.Reason, Source = there.Source };
        return fields;
    }

    private static NameplateField<decimal> NoModel(SunSpecMap map, SunSpecPoint point) => NameplateField.NotImplemented<decimal>(
        point.Unit, point.Source, map.BreaksOff
            ? $"no SunSpec model {point.Model}, which holds {point.Name}, was found as far as the models are a chain"
            : $"the device has no SunSpec model {point.Model}, which holds {point.Name}");

    private static NameplateField<string> Text(SunSpecMap map, SunSpecText text) => map.Of(1).FirstOrDefault() is { } model
        ? SunSpecDecoder.Text(map, model, text)
        : NameplateField.NotImplemented<string>(null, text.Source, "the device has no SunSpec common model");
}
