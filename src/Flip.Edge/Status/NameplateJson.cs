using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Monitoring;

namespace Flip.Edge.Status;

/// <summary>A nameplate as JSON: each field with its state, value, unit, kind, source and raw registers.</summary>
internal static class NameplateJson
{
    // Sentences hold quotes and signs; this JSON never goes into a page.
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Body of <c>GET /api/v1/nameplate</c>.</summary>
    public static byte[] All(IReadOnlyList<DeviceStatus> devices) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("devices");
        foreach (DeviceStatus device in devices) Device(json, device);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>Body of the topic <c>nameplate/{device id}</c>.</summary>
    public static byte[] One(DeviceStatus device) => Write(json => Device(json, device));

    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter json = new(buffer, Options);
        write(json);
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void Device(Utf8JsonWriter json, DeviceStatus device)
    {
        json.WriteStartObject();
        json.WriteString("id", device.Device.Id);
        json.WriteString("endpoint", device.Device.Endpoint.ToString());
        json.WriteString("state", DeviceStatus.Name(device.State));
        json.WriteString("reason", device.Reason);
        if (device.Nameplate is { } nameplate)
        {
            json.WriteString("profile", nameplate.Profile);
            json.WriteString("read_at", UtcText.Of(nameplate.ReadAt));
            Fields(json, nameplate);
            Warnings(json, nameplate);
        }

        json.WriteEndObject();
    }

    /// <summary>The fields of one nameplate, into an object that is open.</summary>
    public static void Fields(Utf8JsonWriter json, Nameplate nameplate)
    {
        Text(json, "manufacturer", nameplate.Manufacturer);
        Text(json, "model", nameplate.Model);
        Text(json, "serial_number", nameplate.SerialNumber);
        Text(json, "firmware", nameplate.Firmware);
        Number(json, "capacity_wh", nameplate.CapacityWh);
        Number(json, "max_charge_w", nameplate.MaxChargeW);
        Number(json, "max_discharge_w", nameplate.MaxDischargeW);
        json.WriteStartObject("limits");
        PowerLimits limits = nameplate.Limits;
        json.WriteString("charge_limited_by", limits.ChargeLimitedBy?.ToString().ToLowerInvariant());
        json.WriteString("discharge_limited_by", limits.DischargeLimitedBy?.ToString().ToLowerInvariant());
        Number(json, "battery_charge_w", limits.BatteryChargeW);
        Number(json, "battery_discharge_w", limits.BatteryDischargeW);
        Number(json, "inverter_charge_w", limits.InverterChargeW);
        Number(json, "inverter_discharge_w", limits.InverterDischargeW);
        Number(json, "inverter_rated_w", limits.InverterRatedW);
        json.WriteEndObject();
        if (nameplate.Batteries.Count > 0) Batteries(json, nameplate.Batteries);
    }

    // Only where the device tells of batteries apart from itself: the sum is in the fields above.
    private static void Batteries(Utf8JsonWriter json, IReadOnlyList<BatteryNameplate> batteries)
    {
        json.WriteStartArray("batteries");
        foreach (BatteryNameplate battery in batteries)
        {
            json.WriteStartObject();
            Text(json, "manufacturer", battery.Manufacturer);
            Text(json, "model", battery.Model);
            Text(json, "serial_number", battery.SerialNumber);
            Text(json, "firmware", battery.Firmware);
            Number(json, "capacity_wh", battery.CapacityWh);
            Number(json, "charge_w", battery.ChargeW);
            Number(json, "discharge_w", battery.DischargeW);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>The warnings of one nameplate, into an object that is open.</summary>
    public static void Warnings(Utf8JsonWriter json, Nameplate nameplate)
    {
        json.WriteStartArray("warnings");
        foreach (NameplateWarning warning in nameplate.Warnings)
        {
            json.WriteStartObject();
            json.WriteString("code", warning.Code);
            json.WriteString("sentence", warning.Sentence);
            json.WriteBoolean("needs_person", warning.NeedsPerson);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Text(Utf8JsonWriter json, string name, NameplateField<string> field)
    {
        Begin(json, name, field);
        json.WriteString("value", field.Value);
        End(json, field);
    }

    private static void Number(Utf8JsonWriter json, string name, NameplateField<decimal> field)
    {
        Begin(json, name, field);
        if (!field.IsPresent) json.WriteNull("value");
        else if (field.Value == decimal.Truncate(field.Value)) json.WriteNumber("value", decimal.Truncate(field.Value));
        else json.WriteNumber("value", field.Value);
        End(json, field);
    }

    private static void Begin<T>(Utf8JsonWriter json, string name, NameplateField<T> field)
        where T : notnull
    {
        json.WriteStartObject(name);
        json.WriteString("state", field.State switch
        {
            FieldState.Present => "present",
            FieldState.NotImplemented => "not_implemented",
            _ => "invalid",
        });
    }

    private static void End<T>(Utf8JsonWriter json, NameplateField<T> field)
        where T : notnull
    {
        json.WriteString("unit", field.Unit);
        json.WriteString("kind", field.Kind?.ToString().ToLowerInvariant());
        json.WriteString("source", field.Source);
        json.WriteStartArray("raw");
        foreach (ushort word in field.Raw) json.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"0x{word:X4}"));
        json.WriteEndArray();
        if (field.Reason is not null) json.WriteString("reason", field.Reason);
        json.WriteEndObject();
    }
}
