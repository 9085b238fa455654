using System.Globalization;
using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Probing;

namespace Flip.Edge.Cli;

/// <summary>The nameplate as a table for people.</summary>
internal static class ProbeTable
{
    public static async Task WriteAsync(TextWriter output, IdentifiedDevice device, NameplateReading reading)
    {
        Nameplate nameplate = reading.Nameplate;
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{device.Endpoint}: profile {nameplate.Profile}, {(nameplate.Warnings.Any(warning => warning.Code == "disagree") ? "readings that DIFFER" : "two agreeing readings")} in {reading.Transactions} transactions and {Math.Ceiling(reading.Duration.TotalMilliseconds)} ms"));
        await output.WriteLineAsync($"identified by: {device.Why}");
        await output.WriteLineAsync();
        await RowAsync(output, "manufacturer", nameplate.Manufacturer);
        await RowAsync(output, "model", nameplate.Model);
        await RowAsync(output, "serial number", nameplate.SerialNumber);
        await RowAsync(output, "firmware", nameplate.Firmware);
        await RowAsync(output, "capacity", nameplate.CapacityWh);
        await RowAsync(output, "max. charge", nameplate.MaxChargeW);
        await RowAsync(output, "max. discharge", nameplate.MaxDischargeW);
        await output.WriteLineAsync();
        await LimitAsync(output, "charging", nameplate.Limits.ChargeLimitedBy, nameplate.Limits.BatteryChargeW, Inverter(nameplate.Limits.InverterChargeW, nameplate));
        await LimitAsync(output, "discharging", nameplate.Limits.DischargeLimitedBy, nameplate.Limits.BatteryDischargeW, Inverter(nameplate.Limits.InverterDischargeW, nameplate));
        for (int i = 0; i < nameplate.Batteries.Count; i++) await BatteryAsync(output, i + 1, nameplate.Batteries[i]);
        foreach (NameplateWarning warning in nameplate.Warnings)
        {
            await output.WriteLineAsync($"{(warning.NeedsPerson ? "ATTENTION" : "note")}: {warning.Sentence}");
        }
    }

    private static Task BatteryAsync(TextWriter output, int number, BatteryNameplate battery)
    {
        IEnumerable<string?> names = new[] { battery.Manufacturer, battery.Model, battery.SerialNumber }.Where(name => name.IsPresent).Select(name => name.Value);
        return output.WriteLineAsync($"battery {number}: {string.Join(", ", [.. names, $"capacity {battery.CapacityWh}", $"charge {battery.ChargeW}", $"discharge {battery.DischargeW}"])}");
    }

    private static NameplateField<decimal> Inverter(NameplateField<decimal> limit, Nameplate nameplate) =>
        limit.IsPresent ? limit : nameplate.Limits.InverterRatedW;

    private static Task LimitAsync(
        TextWriter output, string what, LimitingPart? by, NameplateField<decimal> battery, NameplateField<decimal> inverter) => by switch
        {
            LimitingPart.Battery => output.WriteLineAsync($"{what} is limited by the battery: {battery}; the inverter: {inverter}"),
            LimitingPart.Inverter => output.WriteLineAsync($"{what} is limited by the inverter: {inverter}; the battery: {battery}"),
            _ => output.WriteLineAsync($"{what}: only one side tells its limit; the battery: {battery}; the inverter: {inverter}"),
        };

    private static Task RowAsync<T>(TextWriter output, string name, NameplateField<T> field)
        where T : notnull
    {
        string value = field.State switch
        {
            FieldState.Present => string.Create(CultureInfo.InvariantCulture, $"{field.Value} {field.Unit}").TrimEnd(),
            FieldState.NotImplemented => "not implemented",
            _ => "INVALID",
        };
        string evidence = field.IsPresent
            ? $"{field.Kind!.Value.ToString().ToLowerInvariant(),-10} {field.Source}{Words(field)}"
            : field.Reason ?? "";
        return output.WriteLineAsync($"{name,-14} {value,-20} {evidence}");
    }

    // The words of a text say nothing that the text doesn't.
    private static string Words<T>(NameplateField<T> field)
        where T : notnull =>
        field.Unit is null ? "" : $" [{string.Join(' ', field.Raw.Select(word => word.ToString("X4", CultureInfo.InvariantCulture)))}]";
}
