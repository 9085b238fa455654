using Flip.Edge.Devices.Profiles;
using Flip.Edge.Devices.Profiles.Telling;

namespace Flip.Edge.Cli;

/// <summary>Profiles for people.</summary>
internal static class ProfileText
{
    private static readonly (ProfileField Field, string Name)[] Fields =
    [
        (ProfileField.Manufacturer, "manufacturer"), (ProfileField.Model, "model"), (ProfileField.SerialNumber, "serial number"),
        (ProfileField.Firmware, "firmware"), (ProfileField.CapacityWh, "capacity"), (ProfileField.BatteryChargeW, "battery's charge power"),
        (ProfileField.BatteryDischargeW, "battery's discharge power"), (ProfileField.InverterChargeW, "inverter's charge power"),
        (ProfileField.InverterDischargeW, "inverter's discharge power"), (ProfileField.InverterRatedW, "inverter's rated power"),
    ];

    public static async Task WriteListAsync(TextWriter output, ProfileCatalog profiles)
    {
        int width = profiles.Names.Max(name => name.Length);
        foreach (DeviceProfile profile in profiles.Names.Select(profiles.Find).OfType<DeviceProfile>())
        {
            string own = profiles.IsFromDirectory(profile.Name) ? " (your own)" : "";
            await output.WriteLineAsync($"{profile.Name.PadRight(width)}  {profile.Title}{own}");
            await output.WriteLineAsync($"{new string(' ', width)}  {Typed(profile)}");
        }
    }

    public static async Task WriteAsync(TextWriter output, DeviceProfile profile, bool isOwn)
    {
        await output.WriteLineAsync($"{profile.Title}   ({profile.Id}{(isOwn ? ", your own" : "")})");
        if (profile.Brands.Count > 0) await output.WriteLineAsync($"Sold by: {string.Join(", ", profile.Brands)}");
        if (profile.Map == ProfileMap.None) await output.WriteLineAsync(profile.NoModbus);
        else await WriteReadingAsync(output, profile);

        foreach (ProfileCaveat caveat in profile.Caveats) await output.WriteLineAsync($"\nMind: {caveat.Text}{Of(caveat.Evidence.Sources)}");
        if (profile.Sources.Count > 0) await output.WriteLineAsync("\nSources");
        foreach ((string key, ProfileSource source) in profile.Sources) await output.WriteLineAsync($"  [{key}] {source.Title}{(source.Url is null ? "" : $" {source.Url}")}");
    }

    private static async Task WriteReadingAsync(TextWriter output, DeviceProfile profile)
    {
        await output.WriteLineAsync($"Switch Modbus on: {profile.Transport.Enable ?? "not known; see the maker's manual"}");
        await output.WriteLineAsync($"Reached over: {string.Join("; ", TransportText.Of(profile.Transport))}");
        await output.WriteLineAsync($"Unit ids: {string.Join("; ", profile.Units.Select(role => $"{role.Key} {string.Join(", ", role.Value)}"))}");
        await output.WriteLineAsync($"To be typed: {Typed(profile)}");
        if (profile.Map == ProfileMap.SunSpec) await output.WriteLineAsync("\nIt is known by its SunSpec map" + (profile.WhenSunSpecSays.Count > 0 ? $" of {string.Join(" or ", profile.WhenSunSpecSays)}" : ""));
        if (profile.Anchor.Count > 0) await output.WriteLineAsync("\nBefore anything is believed");
        foreach (ProfileCheck check in profile.Anchor) await output.WriteLineAsync($"  {CheckText.Of(profile, check)}");
        await output.WriteLineAsync("\nWhat is read");
        foreach ((ProfileField field, string name) in Fields)
        {
            foreach (FieldOrigin origin in FieldOrigin.Of(profile, field)) await WriteOriginAsync(output, name, origin);
        }

        if (profile.SunSpec.Ignore.Count > 0) await output.WriteLineAsync("\nNot believed");
        foreach (IgnoredPoint ignored in profile.SunSpec.Ignore) await output.WriteLineAsync($"  SunSpec {ignored.Model} {ignored.Point}: {ignored.Why}{Of(ignored.Evidence.Sources)}");
        IReadOnlyList<QuirkText> quirks = QuirkText.Of(profile);
        if (quirks.Count > 0) await output.WriteLineAsync("\nThe device");
        foreach (QuirkText quirk in quirks) await output.WriteLineAsync($"  {quirk.Text}{(quirk.Note is null ? "" : $" ({quirk.Note})")}{Of(quirk.Evidence.Sources)}");
    }

    private static async Task WriteOriginAsync(TextWriter output, string name, FieldOrigin origin)
    {
        string confidence = origin.Confidence is { } sure ? $", {StandingText.Of(sure)}" : "";
        await output.WriteLineAsync($"  {name,-26} {StandingText.Of(origin.Standing)}{confidence}{Of(origin.Sources)}");
        await output.WriteLineAsync($"  {"",-26} {origin.Text}");
        foreach (string note in origin.Notes) await output.WriteLineAsync($"  {"",-26} {note}");
    }

    private static string Typed(DeviceProfile profile)
    {
        if (profile.Map == ProfileMap.None) return "has no Modbus";
        string[] typed = [.. FieldSummary.ToBeTyped(profile).Select(field => field.Standing switch
        {
            FieldStanding.Typed => field.Name,
            FieldStanding.SunSpec => $"{field.Name} (where SunSpec does not tell it)",
            _ => $"{field.Name} (to confirm)",
        })];
        return typed.Length == 0 ? "nothing, where the device fills all it has" : string.Join(", ", typed);
    }

    private static string Of(IReadOnlyList<string> sources) => sources.Count == 0 ? "" : $" [{string.Join(", ", sources)}]";
}
