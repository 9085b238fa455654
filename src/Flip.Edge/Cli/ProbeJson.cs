using System.Text;
using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Probing;
using Flip.Edge.Modbus;
using Flip.Edge.Status;

namespace Flip.Edge.Cli;

/// <summary>The nameplate as <c>probe --json</c> writes it.</summary>
internal static class ProbeJson
{
    public static string Write(IdentifiedDevice device, NameplateReading reading) => Encoding.UTF8.GetString(NameplateJson.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("endpoint", device.Endpoint.ToString());
        json.WriteNumber("unit", device.Unit);
        json.WriteString("profile", reading.Nameplate.Profile);
        json.WriteString("identified_by", device.Why);
        json.WriteString("read_at", UtcText.Of(reading.Nameplate.ReadAt));
        json.WriteNumber("transactions", reading.Transactions);
        json.WriteNumber("duration_ms", (long)Math.Ceiling(reading.Duration.TotalMilliseconds));
        json.WriteStartArray("devices");
        json.WriteStartObject();
        NameplateJson.Fields(json, reading.Nameplate);
        json.WriteEndObject();
        json.WriteEndArray();
        NameplateJson.Warnings(json, reading.Nameplate);
        json.WriteEndObject();
    }));

    /// <summary>What is written in place of a nameplate, so that a script finds an object whatever came.</summary>
    /// <param name="endpoint">Where it was looked.</param>
    /// <param name="failed">What went wrong, or null when a person broke it off.</param>
    public static string WriteFailure(ModbusEndpoint endpoint, Exception? failed) => Encoding.UTF8.GetString(NameplateJson.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("endpoint", endpoint.ToString());
        json.WriteStartObject("error");
        json.WriteString("code", failed switch { null => "broken_off", DeviceNotFoundException => "not_found", _ => "not_readable" });
        json.WriteString("message", failed?.Message ?? "it was broken off before the nameplate was read");
        json.WriteEndObject();
        json.WriteEndObject();
    }));
}
