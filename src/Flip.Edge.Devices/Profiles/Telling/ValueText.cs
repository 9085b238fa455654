using System.Globalization;

namespace Flip.Edge.Devices.Profiles.Telling;

/// <summary>Values and points in words.</summary>
public static class ValueText
{
    /// <summary>Where a value of a field comes from.</summary>
    public static string Of(DeviceProfile profile, ProfileField field, ProfileValue value) => value switch
    {
        ProfileValue.OfPoint of => Point(profile, of.Point),
        ProfileValue.Constant of => of.Text,
        ProfileValue.FromTable of => $"by the table {of.Table} of {Point(profile, of.Point)}",
        ProfileValue.Sum of => string.Join(" + ", of.Parts.Select(part => Of(profile, field, part))),
        ProfileValue.Product of => string.Join(" × ", of.Parts.Select(part => Of(profile, field, part))),
        ProfileValue.Quotient of => $"{Of(profile, field, of.Of)} / {Of(profile, field, of.By)}",
        ProfileValue.DigitsOf of => $"the digits after \"{of.After}\" in {Point(profile, of.Point)}{Times(of.Scale)}",
        ProfileValue.OfBatteries of => Batteries(profile, of.Field),
        ProfileValue.OfSunSpec => SunSpec(profile, field),
        ProfileValue.Missing of => of.Why,
        _ => "",
    };

    /// <summary><c>input 5638 (0x1606), u16 × 10 Wh</c>.</summary>
    public static string Point(DeviceProfile profile, string name)
    {
        if (!profile.Points.TryGetValue(name, out ProfilePoint? point)) return $"SunSpec {name.Replace('.', ' ')}";
        string on = point.On == DeviceProfile.MainUnit ? "" : $" on unit {string.Join(" or ", profile.Units[point.On])}";
        return $"{Place(point)}{on}, {Type(point)}";
    }

    private static string Place(ProfilePoint point)
    {
        if (point.SunSpecModel is { } model) return string.Create(CultureInfo.InvariantCulture, $"SunSpec {model}, offset {point.Address}");
        return string.Create(CultureInfo.InvariantCulture, $"{(point.Function == 3 ? "holding" : "input")} {point.Address} (0x{point.Address:X4})");
    }

    private static string Type(ProfilePoint point)
    {
        string type = point.Type == PointType.Text
            ? string.Create(CultureInfo.InvariantCulture, $"text of {point.Registers} registers")
            : point.Type.ToString().ToLowerInvariant();
        if (point.Bits is { } bits) type += string.Create(CultureInfo.InvariantCulture, $" bits {bits.From} to {bits.From + bits.Count - 1}");
        if (point.Type != PointType.Text && point.Registers > 1 && point.WordOrder == WordOrder.LowFirst) type += " low word first";
        string scaled = point.ScaleFactorAddress is null ? Times(point.Scale) : $"{Times(point.Scale)} × scale factor";
        return $"{type}{scaled}{(point.Unit is null ? "" : $" {point.Unit}")}";
    }

    private static string Times(decimal scale) => scale == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" × {scale}");

    private static string Batteries(DeviceProfile profile, BatteryField field)
    {
        if (profile.Batteries is not { } batteries) return "the sum over the batteries behind the device";
        if (!batteries.Points.TryGetValue(field, out ProfilePoint? point)) return "the sum over the batteries";
        string places = string.Join(", ", batteries.Bases.Select(first => Place(point with { Address = first + point.Address })));
        return $"the sum over the batteries at {places}; {Type(point)}";
    }

    // The precedence that docs/architecture.md tells.
    private static string SunSpec(DeviceProfile profile, ProfileField field)
    {
        string[] points = field switch
        {
            ProfileField.Manufacturer => ["1 Mn"],
            ProfileField.Model => ["1 Md"],
            ProfileField.SerialNumber => ["1 SN"],
            ProfileField.Firmware => ["1 Vr"],
            ProfileField.CapacityWh => ["713 WHRtg", "802 WHRtg", "120 WHRtg"],
            ProfileField.BatteryChargeW => ["802 WChaRteMax"],
            ProfileField.BatteryDischargeW => ["802 WDisChaRteMax"],
            ProfileField.InverterChargeW => ["702 WChaRteMaxRtg", "120 MaxChaRte", "124 WChaMax"],
            ProfileField.InverterDischargeW => ["702 WDisChaRteMaxRtg", "120 MaxDisChaRte"],
            _ => ["702 WMaxRtg", "120 WRtg", "121 WMax"],
        };
        string[] ignored = [.. profile.SunSpec.Ignore.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Model} {one.Point}"))];
        string[] left = [.. points.Except(ignored)];
        return left.Length == 0 ? $"SunSpec tells it, and is not believed ({string.Join(", ", points)})" : $"SunSpec {string.Join(", else ", left)}";
    }
}
