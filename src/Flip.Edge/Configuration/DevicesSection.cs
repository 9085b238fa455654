using System.Globalization;
using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Probing;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;

namespace Flip.Edge.Configuration;

internal static class DevicesSection
{
    // Stands in for an endpoint with an error, which is reported on its own.
    private static readonly ModbusEndpoint Unparsed = new ModbusTcpEndpoint("", 0, 0);

    public static IReadOnlyList<DeviceSettings> Read(SectionReader root, TimeZoneInfo zone, ProfileCatalog profiles)
    {
        DeviceSettings[] devices = [.. root.List("Devices").Select(section => ReadOne(section, zone, profiles))];
        if (devices.Length == 0 && !root.HasFailed("Devices")) root.Fail("Devices", "is missing: at least one device with Id and Endpoint is needed");
        foreach (IGrouping<string, DeviceSettings> twins in devices.Where(d => d.Id.Length > 0).GroupBy(d => d.Id).Where(g => g.Count() > 1))
        {
            root.Fail("Devices", $"has {twins.Count()} devices with the Id \"{twins.Key}\"; each needs its own");
        }

        foreach (IGrouping<string, DeviceSettings> twins in devices
                     .Where(d => d.Endpoint != Unparsed).GroupBy(d => $"{d.Endpoint.Bus} unit {d.Endpoint.Unit}").Where(g => g.Count() > 1))
        {
            root.Fail("Devices", $"has {twins.Count()} devices at {twins.Key}; batteries that can't be controlled apart are one device at Flip");
        }

        return devices;
    }

    private static DeviceSettings ReadOne(SectionReader section, TimeZoneInfo zone, ProfileCatalog profiles)
    {
        string id = section.Id("Id", "the id of this device in your own system, as Flip will know it");
        string text = section.Required("Endpoint", "where the device answers, for example tcp://192.168.1.50?unit=1");
        ModbusEndpoint? endpoint = null;
        if (text.Length > 0 && !ModbusEndpoint.TryParse(text, out endpoint, out string? error)) section.Fail("Endpoint", error);
        string profile = section.Text("Profile") ?? ProfileFile.ReservedName;
        if (ProfileNames.Wrong(profile, profiles) is { } sentence) section.Fail("Profile", sentence);

        DateTimeOffset? installed = InstallDate(section, zone);
        NameplateOverrides overrides = Overrides(section.Section("Overrides"));
        ModbusWishes modbus = Modbus(section.Section("Modbus"));
        section.Close();
        return new(id, endpoint ?? Unparsed, profile, installed, overrides, modbus);
    }

    /// <summary>A full RFC 3339 time, or a day, which begins at midnight where the gateway is.</summary>
    private static DateTimeOffset? InstallDate(SectionReader section, TimeZoneInfo zone)
    {
        string? text = section.Text("InstallDate");
        if (text is null) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
        {
            DateTime midnight = day.ToDateTime(TimeOnly.MinValue);
            return new(midnight, zone.GetUtcOffset(midnight));
        }

        string[] formats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];
        bool hasOffset = text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > "yyyy-MM-dd".Length;
        if (hasOffset && DateTimeOffset.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset time)) return time;
        section.Fail("InstallDate", $"is \"{text}\", and has to be a day (2026-11-20) or a time with an offset (2026-11-20T09:30:00-07:00)");
        return null;
    }

    private static NameplateOverrides Overrides(SectionReader section)
    {
        NameplateOverrides overrides = new()
        {
            Manufacturer = section.Text("Manufacturer"),
            Model = section.Text("Model"),
            SerialNumber = section.Text("SerialNumber"),
            CapacityWh = section.Amount("CapacityWh", "Wh", Plausibility.LeastCapacityWh, Plausibility.MostCapacityWh),
            MaxChargeW = section.Amount("MaxChargeW", "W", Plausibility.LeastPowerW, Plausibility.MostPowerW),
            MaxDischargeW = section.Amount("MaxDischargeW", "W", Plausibility.LeastPowerW, Plausibility.MostPowerW),
        };
        section.Close();
        return overrides;
    }

    // What isn't set is left open: the profile knows it better than a default.
    private static ModbusWishes Modbus(SectionReader section)
    {
        ModbusWishes wishes = new()
        {
            ConnectDelay = section.Duration("ConnectDelay", TimeSpan.Zero, TimeSpan.FromSeconds(30)),
            RequestGap = section.Duration("RequestGap", TimeSpan.Zero, TimeSpan.FromSeconds(10)),
            ConnectTimeout = section.Duration("ConnectTimeout", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1)),
            ResponseTimeout = section.Duration("ResponseTimeout", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1)),
            RegistersPerRead = section.Number("RegistersPerRead", 1, ModbusClientOptions.ProtocolRegistersPerRead),
        };
        section.Close();
        return wishes;
    }
}
