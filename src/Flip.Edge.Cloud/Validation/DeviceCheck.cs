using System.Globalization;

namespace Flip.Edge.Cloud;

internal static class DeviceCheck
{
    // An installation is entered by hand and seldom before the day; a month covers one that is planned, and catches a wrong year.
    private static readonly TimeSpan LongestAhead = TimeSpan.FromDays(31);

    // No home battery is older, and a clock that was never set says 1970.
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void Check(string path, DeviceCreate device, string siteId, DateTimeOffset now, ErrorList errors)
    {
        errors.RequireText($"{path}.id", device.Id, CommissionRequestValidator.MaxIdLength, "set the device's id");
        if (device.SiteId != siteId) errors.Add($"{path}.site_id", "another id than the site's", "the value of site.id", "build the request anew");
        errors.RequireText($"{path}.manufacturer_name", device.ManufacturerName, CommissionRequestValidator.MaxTextLength, "type the manufacturer");
        errors.RequireText($"{path}.product_name", device.ProductName, CommissionRequestValidator.MaxTextLength, "type the product's name");
        errors.RequireText($"{path}.serial_number", device.SerialNumber, CommissionRequestValidator.MaxTextLength,
            "type the serial number from the device's label", asciiOnly: true);
        if (device.Type != DeviceType.Battery)
            errors.Add($"{path}.type", Quoted(device.Type.ToString()), "BATTERY", "leave it out: Flip gives attributes for a battery only");
        CheckNumber($"{path}.attributes.battery_capacity_wh", device.Attributes.BatteryCapacityWh, "Wh", errors);
        CheckNumber($"{path}.attributes.battery_power_input_w", device.Attributes.BatteryPowerInputW, "W", errors);
        CheckNumber($"{path}.attributes.battery_power_output_w", device.Attributes.BatteryPowerOutputW, "W", errors);
        CheckDate($"{path}.install_date", device.InstallDate, now, errors);
    }

    private static void CheckNumber(string field, decimal value, string unit, ErrorList errors)
    {
        if (value > 0) return;
        errors.Add(field, string.Create(CultureInfo.InvariantCulture, $"{value} {unit}"), $"more than 0 {unit}", "type the rating from the data sheet");
    }

    private static void CheckDate(string field, DateTimeOffset date, DateTimeOffset now, ErrorList errors)
    {
        const string Remedy = "set the day on which the device was installed";
        if (date == default) errors.Add(field, "nothing", "a date", Remedy);
        else if (date < Earliest) errors.Add(field, Day(date), $"{Day(Earliest)} or later", Remedy);
        else if (date - now > LongestAhead) errors.Add(field, Day(date), $"at most {LongestAhead.Days} days after today, {Day(now)}", Remedy);
    }

    private static string Day(DateTimeOffset date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Quoted(string text) => text.Length <= 40 && text.All(c => c is >= ' ' and <= '~') ? $"\"{text}\"" : ErrorList.Length(text);
}
