using System.Text;
using Flip.Edge.Devices.Probing;
using Flip.Edge.Status;

namespace Flip.Edge.Cli;

/// <summary>The serial ports of this machine, by the names to configure.</summary>
internal static class SerialPortLines
{
    public static async Task<int> WriteAsync(IReadOnlyList<SerialPortName> ports, bool isJson, TextWriter output)
    {
        if (isJson) await output.WriteLineAsync(Json(ports));
        else foreach (SerialPortName port in ports) await output.WriteLineAsync(Line(port));
        if (!isJson && ports.Count == 0) await output.WriteLineAsync("This machine has no serial port; is the adapter plugged in?");
        return ports.Count > 0 ? ExitCodes.Done : ExitCodes.DeviceNotReadable;
    }

    private static string Line(SerialPortName port) => port.IsStable
        ? $"{port.Path}  is {port.Device}"
        : $"{port.Path}  has no name under /dev/serial; after a restart it may be another port's";

    private static string Json(IReadOnlyList<SerialPortName> ports) => Encoding.UTF8.GetString(NameplateJson.Write(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("ports");
        foreach (SerialPortName port in ports)
        {
            json.WriteStartObject();
            json.WriteString("path", port.Path);
            json.WriteString("device", port.Device);
            json.WriteBoolean("stable", port.IsStable);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }));
}
