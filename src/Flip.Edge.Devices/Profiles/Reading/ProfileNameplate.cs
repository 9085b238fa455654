using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.SunSpec;

namespace Flip.Edge.Devices.Profiles.Reading;

/// <summary>Makes a nameplate of what a pass read, as the profile says.</summary>
internal sealed class ProfileNameplate
{
    private readonly PassPoints _points;
    private readonly Nameplate? _sunSpec;
    private readonly BatterySum _batteries;
    private readonly List<NameplateWarning> _warnings = [];

    private ProfileNameplate(PassPoints points, Nameplate? sunSpec, IReadOnlyList<BatteryPart> parts)
    {
        (_points, _sunSpec) = (points, sunSpec);
        _warnings.AddRange(sunSpec?.Warnings.Where(IsOurs) ?? []);
        _batteries = new([.. BatteryPart.Blocks(points), .. parts], _warnings);
    }

    /// <summary>The nameplate of one pass.</summary>
    /// <param name="points">The points that were read.</param>
    /// <param name="sunSpec">What plain SunSpec makes of the map, after the corrections; null without a map.</param>
    /// <param name="parts">Batteries that were found otherwise than in blocks of registers.</param>
    /// <param name="readAt">When the pass ended.</param>
    public static Nameplate Of(PassPoints points, Nameplate? sunSpec, IReadOnlyList<BatteryPart> parts, DateTimeOffset readAt) =>
        new ProfileNameplate(points, sunSpec, parts).Make(readAt);

    private Nameplate Make(DateTimeOffset readAt)
    {
        ChosenField<string> manufacturer = Text(ProfileField.Manufacturer, "manufacturer"), model = Text(ProfileField.Model, "model");
        ChosenField<string> serial = Text(ProfileField.SerialNumber, "serial number");
        ChosenField<decimal> capacity = Number(ProfileField.CapacityWh, "capacity", "Wh", nameof(NameplateOverrides.CapacityWh));
        ChosenField<decimal> batteryCharge = Number(ProfileField.BatteryChargeW, "battery's charge power", "W", nameof(NameplateOverrides.MaxChargeW));
        ChosenField<decimal> batteryDischarge = Number(ProfileField.BatteryDischargeW, "battery's discharge power", "W", nameof(NameplateOverrides.MaxDischargeW));
        ChosenField<decimal> charge = Number(ProfileField.InverterChargeW, "inverter's charge power", "W", nameof(NameplateOverrides.MaxChargeW));
        ChosenField<decimal> discharge = Number(ProfileField.InverterDischargeW, "inverter's discharge power", "W", nameof(NameplateOverrides.MaxDischargeW));
        ChosenField<decimal> rated = Number(ProfileField.InverterRatedW, "inverter's rated power", "W", nameof(NameplateOverrides.MaxDischargeW),
            matters: !charge.Field.IsPresent || !discharge.Field.IsPresent);
        (NameplateField<decimal> maxCharge, LimitingPart? chargeBy) = Sustained(batteryCharge, charge, rated);
        (NameplateField<decimal> maxDischarge, LimitingPart? dischargeBy) = Sustained(batteryDischarge, discharge, rated);
        _warnings.AddRange(Doubt.OfText(nameof(NameplateOverrides.Manufacturer), "manufacturer", manufacturer));
        _warnings.AddRange(Doubt.OfText(nameof(NameplateOverrides.Model), "model", model));
        _warnings.AddRange(Doubt.OfText(nameof(NameplateOverrides.SerialNumber), "serial number", serial));
        _warnings.AddRange(Doubt.OfNumber(nameof(NameplateOverrides.CapacityWh), "capacity", capacity.Field, capacity));
        _warnings.AddRange(Doubt.OfNumber(nameof(NameplateOverrides.MaxChargeW), "charge power", maxCharge, batteryCharge, Cap(charge, rated)));
        _warnings.AddRange(Doubt.OfNumber(nameof(NameplateOverrides.MaxDischargeW), "discharge power", maxDischarge, batteryDischarge, Cap(discharge, rated)));
        InverterAlone(ProfileField.InverterChargeW, nameof(NameplateOverrides.MaxChargeW), "charge power", batteryCharge, charge);
        InverterAlone(ProfileField.InverterDischargeW, nameof(NameplateOverrides.MaxDischargeW), "discharge power", batteryDischarge, discharge);
        return new()
        {
            Profile = _points.Profile.Id,
            ReadAt = readAt,
            Manufacturer = manufacturer.Field,
            Model = model.Field,
            SerialNumber = SerialNumbers.Check(serial.Field),
            Firmware = Text(ProfileField.Firmware, "firmware").Field,
            CapacityWh = capacity.Field,
            MaxChargeW = maxCharge,
            MaxDischargeW = maxDischarge,
            Limits = new(batteryCharge.Field, batteryDischarge.Field, charge.Field, discharge.Field, rated.Field, chargeBy, dischargeBy),
            Batteries = _batteries.Parts is { Count: > 0 } parts ? parts : _sunSpec?.Batteries ?? [],
            Warnings = _warnings,
        };
    }

    // What SunSpec calls a rating for charging is that of the whole device; a maker's register of the converter says nothing of the battery.
    private void InverterAlone(ProfileField field, string overrideName, string name, ChosenField<decimal> battery, ChosenField<decimal> inverter)
    {
        if (battery.Field.State != FieldState.NotImplemented || !inverter.Field.IsPresent || IsOfSunSpec(field)) return;
        _warnings.Add(new("inverter_alone",
            $"the {name} is the inverter's alone: {inverter.Field}, and nothing tells the battery's; compare it with the battery's label and type Overrides:{overrideName}",
            true, overrideName));
    }

    // Nothing told of the battery's, in a profile that does not speak of it, is no better sentence than what it says of the inverter's.
    private static (NameplateField<decimal> Field, LimitingPart? By) Sustained(
        ChosenField<decimal> battery, ChosenField<decimal> inverter, ChosenField<decimal> rated)
    {
        if (!battery.IsTold && inverter.IsTold && inverter.Field.State == FieldState.NotImplemented) return (inverter.Field, null);
        return SustainedPower.Of(battery.Field, inverter.Field, rated.Field);
    }

    private static ChosenField<decimal> Cap(ChosenField<decimal> inverter, ChosenField<decimal> rated) => inverter.Field.IsPresent ? inverter : rated;

    private ChosenField<string> Text(ProfileField field, string name) => ChosenField.Text(name, _points.Profile.Id, Candidates(field));

    private ChosenField<decimal> Number(ProfileField field, string name, string unit, string overrideName, bool matters = true) =>
        ChosenField.Number(name, _points.Profile.Id, unit, overrideName, Candidates(field), _warnings, matters);

    private List<ValueReading> Candidates(ProfileField field)
    {
        DerivedValue derived = new(_points, _batteries.Of, () => SunSpec(field));
        if (_points.Profile.Nameplate.TryGetValue(field, out IReadOnlyList<ProfileValue>? values)) return [.. values.Select(value => Doubted(field, value, derived.Of(value)))];
        return _sunSpec is null ? [] : [SunSpec(field)];
    }

    // A number that no register tells is no rating of this device, however sure its author is.
    private static ValueReading Doubted(ProfileField field, ProfileValue value, ValueReading reading) =>
        value is ProfileValue.Constant && field >= ProfileField.CapacityWh ? reading with { Kind = FieldKind.Estimated } : reading;

    private ValueReading SunSpec(ProfileField field)
    {
        if (_sunSpec is not { } read) return ValueReading.Absent("SunSpec", "the device was not read as a SunSpec device", false);
        return field switch
        {
            ProfileField.Manufacturer => ValueReading.Of(read.Manufacturer),
            ProfileField.Model => ValueReading.Of(read.Model),
            ProfileField.SerialNumber => ValueReading.Of(read.SerialNumber),
            ProfileField.Firmware => ValueReading.Of(read.Firmware),
            ProfileField.CapacityWh => ValueReading.Of(read.CapacityWh),
            ProfileField.BatteryChargeW => ValueReading.Of(read.Limits.BatteryChargeW),
            ProfileField.BatteryDischargeW => ValueReading.Of(read.Limits.BatteryDischargeW),
            ProfileField.InverterChargeW => ValueReading.Of(read.Limits.InverterChargeW),
            ProfileField.InverterDischargeW => ValueReading.Of(read.Limits.InverterDischargeW),
            ProfileField.InverterRatedW => ValueReading.Of(read.Limits.InverterRatedW),
            _ => throw new InvalidOperationException($"a field {field}"),
        };
    }

    // A conflict within SunSpec matters only where SunSpec is asked.
    private bool IsOurs(NameplateWarning warning) => warning.Override switch
    {
        nameof(NameplateOverrides.CapacityWh) => IsOfSunSpec(ProfileField.CapacityWh),
        nameof(NameplateOverrides.MaxChargeW) => IsOfSunSpec(ProfileField.InverterChargeW),
        nameof(NameplateOverrides.MaxDischargeW) => IsOfSunSpec(ProfileField.InverterDischargeW) || IsOfSunSpec(ProfileField.InverterRatedW),
        _ => true,
    };

    private bool IsOfSunSpec(ProfileField field) =>
        !_points.Profile.Nameplate.TryGetValue(field, out IReadOnlyList<ProfileValue>? values) || values.Any(value => value is ProfileValue.OfSunSpec);
}
