using System.Text;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Devices.Profiles.Telling;

namespace Flip.Edge.DevicesDoc;

/// <summary>What is to be known of one family.</summary>
internal static class FamilySection
{
    private static readonly (ProfileField Field, string Name)[] Fields =
    [
        (ProfileField.Manufacturer, "manufacturer"), (ProfileField.Model, "model"), (ProfileField.SerialNumber, "serial number"),
        (ProfileField.Firmware, "firmware"), (ProfileField.CapacityWh, "capacity"), (ProfileField.BatteryChargeW, "battery charges"),
        (ProfileField.BatteryDischargeW, "battery discharges"), (ProfileField.InverterChargeW, "inverter charges"),
        (ProfileField.InverterDischargeW, "inverter discharges"), (ProfileField.InverterRatedW, "inverter's rating"),
    ];

    public static string Of(DeviceProfile profile)
    {
        StringBuilder section = new();
        section.Append($"### {profile.Name}\n\n{Markdown.Sentence(profile.Title)}");
        if (profile.Brands.Count > 0) section.Append($" Sold by {Markdown.Text(string.Join(", ", profile.Brands))}.");
        section.Append("\n\n");
        section.Append($"- **Modbus on**: {(profile.Transport.Enable is { } enable ? Markdown.Sentence(enable) : "How is not known: see the maker's manual.")}\n");
        section.Append($"- **Reached over**: {string.Join("; ", TransportText.Of(profile.Transport))}; unit id {Units(profile)}\n");
        section.Append($"- **Known by**: {Known(profile)}\n");
        section.Append($"- **To be typed**:{Typed(profile)}\n");
        section.Append("\n| field | from | worth | confidence | sources |\n|---|---|---|---|---|\n");
        foreach ((ProfileField field, string name) in Fields)
        {
            foreach (FieldOrigin origin in FieldOrigin.Of(profile, field).Where(origin => origin.Standing != FieldStanding.Typed)) section.Append(Row(profile, name, origin));
        }

        section.Append('\n');
        List<string> remarks =
        [
            .. profile.SunSpec.Ignore.Select(one => $"SunSpec {one.Model} {one.Point} is not believed: {Markdown.Sentence(one.Why)}{Markdown.Of(profile, one.Evidence)}"),
            .. QuirkText.Of(profile).Select(quirk => $"The device {Markdown.Text(quirk.Text)}.{(quirk.Note is null ? "" : $" {Markdown.Sentence(quirk.Note)}")}{Markdown.Of(profile, quirk.Evidence)}"),
            .. profile.Caveats.Select(caveat => $"{Markdown.Sentence(caveat.Text)}{Markdown.Of(profile, caveat.Evidence)}"),
        ];
        foreach (string remark in remarks) section.Append($"- {remark}\n");
        if (remarks.Count > 0) section.Append('\n');
        return section.Append(Markdown.Addresses(profile)).ToString();
    }

    private static string Row(DeviceProfile profile, string name, FieldOrigin origin)
    {
        string notes = origin.Notes.Count == 0 ? "" : $". {string.Join(' ', origin.Notes.Select(Markdown.Sentence))}";
        return $"| {name} | {Markdown.Text(origin.Text)}{notes} | {StandingText.Of(origin.Standing)} | {(origin.Confidence is { } sure ? StandingText.Of(sure) : "")} | {Markdown.Sources(profile, origin.Sources)} |\n";
    }

    private static string Units(DeviceProfile profile) =>
        string.Join(", ", profile.Units.Select(role => role.Key == DeviceProfile.MainUnit ? string.Join(" or ", role.Value) : $"{role.Key} {string.Join(" or ", role.Value)}"));

    private static string Known(DeviceProfile profile)
    {
        List<string> checks = [.. profile.Anchor.Select(check => Markdown.Text(CheckText.Of(profile, check)))];
        if (profile.Map == ProfileMap.SunSpec) checks.Insert(0, "a SunSpec map");
        return string.Join("; ", checks);
    }

    private static string Typed(DeviceProfile profile)
    {
        IReadOnlyList<FieldSummary> typed = FieldSummary.ToBeTyped(profile);
        if (typed.Count == 0) return " nothing, where the device fills all it has";
        return string.Concat(typed.Select(field => field.Standing switch
        {
            FieldStanding.Typed => $"\n  - {field.Name}: {Markdown.Sentence(field.Why ?? "nothing tells it")}",
            FieldStanding.SunSpec when field.Why is { } why => $"\n  - {field.Name}, where SunSpec does not tell it: {Markdown.Sentence(why)}",
            _ when !field.NeedsPerson => $"\n  - {field.Name}, to confirm, where the device tells only what it can be estimated from.",
            FieldStanding.Estimated => $"\n  - {field.Name}, to confirm: what is read is an estimate.",
            _ => $"\n  - {field.Name}, to confirm: nobody is sure of what is read.",
        }));
    }
}
