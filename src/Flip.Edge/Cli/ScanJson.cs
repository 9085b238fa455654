using System.Text;
using System.Text.Json;
using Flip.Edge.Devices.Probing;
using Flip.Edge.Status;

namespace Flip.Edge.Cli;

/// <summary>What <c>scan --json</c> writes.</summary>
internal static class ScanJson
{
    public static string Write(BusScan scan, bool isBrokenOff) => Encoding.UTF8.GetString(NameplateJson.Write(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("found");
        foreach (ScanFinding found in scan.Found) Found(json, found);
        json.WriteEndArray();
        json.WriteStartArray("connections");
        foreach (ScanNote note in scan.Notes)
        {
            json.WriteStartObject();
            json.WriteString("bus", note.Endpoint.Bus);
            json.WriteString("came", note.Came);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteBoolean("broken_off", isBrokenOff);
        json.WriteEndObject();
    }));

    private static void Found(Utf8JsonWriter json, ScanFinding found)
    {
        json.WriteStartObject();
        json.WriteString("endpoint", found.Endpoint.ToString());
        json.WriteNumber("unit", found.Endpoint.Unit);
        json.WriteString("kind", DeviceKinds.Name(found.Unit.Kind));
        json.WriteString("profile", found.Unit.Profile?.Name);
        json.WriteString("why", found.Unit.Why);
        json.WriteString("manufacturer", found.Manufacturer);
        json.WriteString("model", found.Model);
        json.WriteString("serial_number", found.SerialNumber);
        json.WriteStartArray("warnings");
        foreach (string warning in found.Unit.Warnings) json.WriteStringValue(warning);
        json.WriteEndArray();
        json.WriteString("problem", found.Problem);
        json.WriteEndObject();
    }
}
