using System.Globalization;
using System.Text;
using Flip.Edge.Commissioning;
using Flip.Edge.Monitoring;

namespace Flip.Edge.Status;

/// <summary>The metrics in the Prometheus text format (prometheus.io/docs/instrumenting/exposition_formats).</summary>
internal sealed class MetricsText(StatusView status, AttemptCounts attempts, ModbusConnections modbus)
{
    public string Now()
    {
        EdgeStatus now = status.Now;
        StringBuilder text = new();
        Family(text, "flip_edge_build_info", "gauge", "The running version.");
        Sample(text, "flip_edge_build_info", $"version=\"{now.Version}\"", 1);
        Family(text, "flip_edge_commissioning_state", "gauge", "1 for the state the commissioning is in.");
        foreach (CommissioningState state in Enum.GetValues<CommissioningState>())
        {
            string name = state.ToString().ToLowerInvariant();
            Sample(text, "flip_edge_commissioning_state", $"state=\"{name}\"", name == now.Commissioning.State ? 1 : 0);
        }

        Family(text, "flip_edge_commissioning_attempts_total", "counter", "Tries of this process by outcome.");
        foreach ((string outcome, long count) in attempts.All) Sample(text, "flip_edge_commissioning_attempts_total", $"outcome=\"{outcome}\"", count);
        Family(text, "flip_edge_device_ok", "gauge", "1 when the device's nameplate was read and is complete.");
        foreach (DeviceStatusLine device in now.Devices) Sample(text, "flip_edge_device_ok", $"device=\"{Escape(device.Id)}\"", device.State == "ok" ? 1 : 0);
        Modbus(text, modbus.Totals);
        Family(text, "flip_edge_enrollment_version", "gauge", "Version of the enrollment feed; 0 before the site is commissioned.");
        Sample(text, "flip_edge_enrollment_version", null, status.EnrollmentVersion);
        Family(text, "flip_edge_mqtt_connected", "gauge", "1 while the broker is connected.");
        Sample(text, "flip_edge_mqtt_connected", null, now.Mqtt.Connected ? 1 : 0);
        Family(text, "flip_edge_clock_trusted", "gauge", "1 when the clock is not before the build.");
        Sample(text, "flip_edge_clock_trusted", null, now.Clock.Trusted ? 1 : 0);
        Family(text, "flip_edge_storage_ok", "gauge", "0 while nothing can be written to the data directory.");
        Sample(text, "flip_edge_storage_ok", null, now.Storage.State == "ok" ? 1 : 0);
        return text.ToString();
    }

    private static void Modbus(StringBuilder text, ModbusTotals totals)
    {
        Family(text, "flip_edge_modbus_requests_total", "counter", "Modbus requests sent.");
        Sample(text, "flip_edge_modbus_requests_total", null, totals.Requests);
        Family(text, "flip_edge_modbus_errors_total", "counter", "Modbus requests without a good answer, by kind.");
        Sample(text, "flip_edge_modbus_errors_total", "kind=\"timeout\"", totals.Timeouts);
        Sample(text, "flip_edge_modbus_errors_total", "kind=\"broken_frame\"", totals.BrokenFrames);
        Sample(text, "flip_edge_modbus_errors_total", "kind=\"foreign_frame\"", totals.ForeignFrames);
        Family(text, "flip_edge_modbus_connects_total", "counter", "Modbus connections opened.");
        Sample(text, "flip_edge_modbus_connects_total", null, totals.Connects);
    }

    private static void Family(StringBuilder text, string name, string type, string help) =>
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");

    private static void Sample(StringBuilder text, string name, string? labels, long value) =>
        text.Append(CultureInfo.InvariantCulture, $"{name}{(labels is null ? "" : $"{{{labels}}}")} {value}\n");

    private static string Escape(string label) =>
        label.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
