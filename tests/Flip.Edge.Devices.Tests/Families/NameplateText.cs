using System.Globalization;
using System.Text;
using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Registers;

namespace Flip.Edge.Devices.Tests.Families;

/// <summary>A reading as text that stays the same as long as what is read does: every field with its evidence.</summary>
internal static class NameplateText
{
    public static string Of(NameplateReading reading)
    {
        Nameplate nameplate = reading.Nameplate;
        StringBuilder text = new();
        text.Append("profile ").AppendLine(nameplate.Profile).AppendLine();
        Field(text, "manufacturer", nameplate.Manufacturer);
        Field(text, "model", nameplate.Model);
        Field(text, "serial number", nameplate.SerialNumber);
        Field(text, "firmware", nameplate.Firmware);
        Field(text, "capacity", nameplate.CapacityWh);
        Field(text, "max. charge", nameplate.MaxChargeW);
        Field(text, "max. discharge", nameplate.MaxDischargeW);
        PowerLimits limits = nameplate.Limits;
        text.AppendLine().Append("charging limited by ").AppendLine(Part(limits.ChargeLimitedBy));
        text.Append("discharging limited by ").AppendLine(Part(limits.DischargeLimitedBy));
        Field(text, "battery charge", limits.BatteryChargeW);
        Field(text, "battery discharge", limits.BatteryDischargeW);
        Field(text, "inverter charge", limits.InverterChargeW);
        Field(text, "inverter discharge", limits.InverterDischargeW);
        Field(text, "inverter rated", limits.InverterRatedW);
        for (int i = 0; i < nameplate.Batteries.Count; i++) Battery(text, i + 1, nameplate.Batteries[i]);
        text.AppendLine();
        foreach (NameplateWarning warning in nameplate.Warnings)
        {
            string settles = warning.Override is null ? "" : $", settled by {warning.Override}";
            text.AppendLine(CultureInfo.InvariantCulture, $"{(warning.NeedsPerson ? "ATTENTION" : "note")} {warning.Code}{settles}: {warning.Sentence}");
        }

        foreach (MissingField missing in MissingField.Of(nameplate)) text.AppendLine(CultureInfo.InvariantCulture, $"to be typed: {missing.Override}");
        return text.ToString();
    }

    /// <summary>What was asked, in order.</summary>
    public static string Reads(NameplateReading reading)
    {
        StringBuilder text = new();
        foreach (ReadTransaction read in reading.Reads)
        {
            string failure = read.Failure is null ? "" : $": {read.Failure.Message[(read.Failure.Message.IndexOf(": ", StringComparison.Ordinal) + 2)..]}";
            text.AppendLine(CultureInfo.InvariantCulture, $"  unit {read.Unit} {(read.Function == 4 ? "input" : "holding")} {read.Address} × {read.Count}{failure}");
        }

        return text.ToString();
    }

    private static string Part(LimitingPart? part) => part?.ToString().ToLowerInvariant() ?? "nothing that is known";

    private static void Battery(StringBuilder text, int number, BatteryNameplate battery)
    {
        text.AppendLine().Append("battery ").Append(number).AppendLine();
        Field(text, "manufacturer", battery.Manufacturer);
        Field(text, "model", battery.Model);
        Field(text, "serial number", battery.SerialNumber);
        Field(text, "firmware", battery.Firmware);
        Field(text, "capacity", battery.CapacityWh);
        Field(text, "charge", battery.ChargeW);
        Field(text, "discharge", battery.DischargeW);
    }

    private static void Field<T>(StringBuilder text, string name, NameplateField<T> field)
        where T : notnull
    {
        string raw = field.Raw.Count == 0 ? "" : $" [{string.Join(' ', field.Raw.Select(word => word.ToString("X4", CultureInfo.InvariantCulture)))}]";
        text.AppendLine(field.State switch
        {
            FieldState.Present => string.Create(CultureInfo.InvariantCulture, $"{name}: {field.Value}{(field.Unit is null ? "" : $" {field.Unit}")}, {field.Kind!.Value.ToString().ToLowerInvariant()}, {field.Source}{raw}"),
            FieldState.NotImplemented => $"{name}: NOT IMPLEMENTED, {field.Reason} ({field.Source}){raw}",
            _ => $"{name}: INVALID, {field.Reason} ({field.Source}){raw}",
        });
    }
}
