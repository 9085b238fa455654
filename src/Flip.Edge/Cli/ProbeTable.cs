using System.Globalization;
using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Probing;

namespace Flip.Edge.Cli;

/// <summary>The nameplate as a table for people: no wider than the terminal, and no sentence twice.</summary>
internal sealed class ProbeTable
{
    private const int Evidence = 36;
    private const int MostWords = 4;

    private readonly TextWriter _output;
    private readonly HashSet<string> _said = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _overrides;

    private ProbeTable(TextWriter output, Nameplate nameplate)
    {
        _output = output;
        _overrides = MissingField.Of(nameplate).ToDictionary(field => field.Override, field => $"type Overrides:{field.Override}", StringComparer.Ordinal);
    }

    public static Task WriteAsync(TextWriter output, IdentifiedDevice device, NameplateReading reading) =>
        new ProbeTable(output, reading.Nameplate).WriteAsync(device, reading);

    private async Task WriteAsync(IdentifiedDevice device, NameplateReading reading)
    {
        Nameplate nameplate = reading.Nameplate;
        await LineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{device.Endpoint}: profile {nameplate.Profile}, {(nameplate.Warnings.Any(warning => warning.Code == "disagree") ? "readings that DIFFER" : "two agreeing readings")} in {reading.Transactions} transactions and {Math.Ceiling(reading.Duration.TotalMilliseconds)} ms"));
        await LineAsync($"identified by: {device.Why}");
        await _output.WriteLineAsync();
        await RowAsync("manufacturer", nameplate.Manufacturer, nameof(NameplateOverrides.Manufacturer));
        await RowAsync("model", nameplate.Model, nameof(NameplateOverrides.Model));
        await RowAsync("serial number", nameplate.SerialNumber, nameof(NameplateOverrides.SerialNumber));
        await RowAsync("firmware", nameplate.Firmware, "");
        await RowAsync("capacity", nameplate.CapacityWh, nameof(NameplateOverrides.CapacityWh));
        await RowAsync("max. charge", nameplate.MaxChargeW, nameof(NameplateOverrides.MaxChargeW));
        await RowAsync("max. discharge", nameplate.MaxDischargeW, nameof(NameplateOverrides.MaxDischargeW));
        await _output.WriteLineAsync();
        PowerLimits limits = nameplate.Limits;
        await LimitAsync("charging", limits.ChargeLimitedBy, limits.BatteryChargeW, limits.InverterChargeW, limits.InverterRatedW);
        await LimitAsync("discharging", limits.DischargeLimitedBy, limits.BatteryDischargeW, limits.InverterDischargeW, limits.InverterRatedW);
        for (int i = 0; i < nameplate.Batteries.Count; i++) await BatteryAsync(i + 1, nameplate.Batteries[i]);
        foreach (NameplateWarning warning in nameplate.Warnings) await LineAsync($"{(warning.NeedsPerson ? "ATTENTION" : "note")}: {warning.Sentence}");
    }

    private Task LineAsync(string text) => Wrapped.WriteAsync(_output, TerminalText.OneLine(text), 2);

    private Task BatteryAsync(int number, BatteryNameplate battery)
    {
        IEnumerable<string?> names = new[] { battery.Manufacturer, battery.Model, battery.SerialNumber }.Where(name => name.IsPresent).Select(name => name.Value);
        return LineAsync($"battery {number}: {string.Join(", ", [.. names, $"capacity {Said(battery.CapacityWh)}", $"charge {Said(battery.ChargeW)}", $"discharge {Said(battery.DischargeW)}"])}");
    }

    private Task LimitAsync(
        string what, LimitingPart? by, NameplateField<decimal> battery, NameplateField<decimal> limit, NameplateField<decimal> rated)
    {
        NameplateField<decimal> inverter = limit.IsPresent ? limit : rated;
        return LineAsync(by switch
        {
            LimitingPart.Battery => $"{what} is limited by the battery: {Said(battery)}; the inverter: {Said(inverter)}",
            LimitingPart.Inverter => $"{what} is limited by the inverter: {Said(inverter)}; the battery: {Said(battery)}",
            _ when battery.IsPresent => $"{what}: only the battery tells a limit: {Said(battery)}; the inverter: {Said(inverter)}",
            _ when limit.IsPresent => $"{what}: only the inverter tells a limit: {Said(limit)}; the battery: {Said(battery)}",
            _ when rated.IsPresent => $"{what}: the battery's limit is not known; the battery: {Said(battery)}; the inverter's rated power, which says nothing of the battery: {Said(rated)}",
            _ => $"{what}: neither the battery nor the inverter tells a limit; the battery: {Said(battery)}; the inverter: {Said(limit)}",
        });
    }

    private Task RowAsync<T>(string name, NameplateField<T> field, string overrideName)
        where T : notnull
    {
        string value = field.State switch
        {
            FieldState.Present => string.Create(CultureInfo.InvariantCulture, $"{field.Value} {field.Unit}").TrimEnd(),
            FieldState.NotImplemented => "not implemented",
            _ => "INVALID",
        };
        string evidence = field.IsPresent ? $"{field.Kind!.Value.ToString().ToLowerInvariant(),-10} {field.Source}{Words(field)}"
            : _overrides.GetValueOrDefault(overrideName) is { } type ? $"{Said(field, "as above")}; {type}" : Said(field, "as above");
        return Wrapped.WriteAsync(_output, TerminalText.OneLine($"{name,-14} {value,-20} {evidence}"), Evidence);
    }

    // Why something is missing is told once; where the same is missing again, that is all there is to say.
    private string Said<T>(NameplateField<T> field, string again = "not told")
        where T : notnull => field.IsPresent ? field.ToString() : _said.Add(field.ToString()) ? field.ToString().TrimEnd('.') : again;

    // The words of a text say nothing that the text doesn't; what a sum or a limit was made of can be many.
    private static string Words<T>(NameplateField<T> field)
        where T : notnull =>
        field.Unit is null ? "" : $" [{string.Join(' ', field.Raw.Take(MostWords).Select(word => word.ToString("X4", CultureInfo.InvariantCulture)))}{(field.Raw.Count > MostWords ? " …" : "")}]";
}
