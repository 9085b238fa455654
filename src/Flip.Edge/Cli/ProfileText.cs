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
        await Wrapped.WriteAsync(output, $"{"profile".PadRight(width)}  family, and what a person has to type because the device does not tell it", width + 2);
        foreach (DeviceProfile profile in profiles.Names.Select(profiles.Find).OfType<DeviceProfile>())
        {
            string own = profiles.IsFromDirectory(profile.Name) ? " (your own)" : "";
            await Wrapped.WriteAsync(output, $"{profile.Name.PadRight(width)}  {profile.Title}{own}", width + 2);
            string typed = profile.Map == ProfileMap.None ? Typed(profile) : $"to type: {Typed(profile)}";
            await Wrapped.WriteAsync(output, $"{new string(' ', width)}  {typed}", width + 2);
        }
    }

    public static async Task WriteAsync(TextWriter output, DeviceProfile profile, bool isOwn)
    {
        await output.WriteLineAsync($"{profile.Title}   ({profile.Id}{(isOwn ? ", your own" : "")})");
        if (profile.Brands.Count > 0) await Wrapped.WriteAsync(output, $"Sold by: {string.Join(", ", profile.Brands)}", 2);
        if (profile.Map == ProfileMap.None) await Wrapped.WriteAsync(output, profile.NoModbus!, 0);
        else await WriteReadingAsync(output, profile);

        foreach (ProfileCaveat caveat in profile.Caveats)
        {
            await output.WriteLineAsync();
            await Wrapped.WriteAsync(output, $"Mind: {caveat.Text}{Of(caveat.Evidence.Sources)}", 6);
        }

        if (profile.Sources.Count > 0) await output.WriteLineAsync("\nSources");
        foreach ((string key, ProfileSource source) in profile.Sources) await output.WriteLineAsync($"  [{key}] {source.Title}{(source.Url is null ? "" : $" {source.Url}")}");
    }

    private static async Task WriteReadingAsync(TextWriter output, DeviceProfile profile)
    {
        await Wrapped.WriteAsync(output, $"Switch Modbus on: {profile.Transport.Enable ?? "not known; see the maker's manual"}", 2);
        await output.WriteLineAsync($"Reached over: {string.Join("; ", TransportText.Of(profile.Transport))}");
        await output.WriteLineAsync($"Unit ids: {string.Join("; ", profile.Units.Select(role => $"{role.Key} {string.Join(", ", role.Value)}"))}");
        await Wrapped.WriteAsync(output, $"To be typed: {Typed(profile)}", 2);
        if (profile.Map == ProfileMap.SunSpec) await output.WriteLineAsync("\nIt is known by its SunSpec map" + (profile.WhenSunSpecSays.Count > 0 ? $" of {string.Join(" or ", profile.WhenSunSpecSays)}" : ""));
        if (profile.Anchor.Count > 0) await output.WriteLineAsync("\nBefore anything is believed");
        foreach (ProfileCheck check in profile.Anchor) await Wrapped.WriteAsync(output, $"  {CheckText.Of(profile, check)}", 4);
        await output.WriteLineAsync("\nWhat is read");
        foreach ((ProfileField field, string name) in Fields)
        {
            foreach (FieldOrigin origin in FieldOrigin.Of(profile, field)) await WriteOriginAsync(output, name, origin);
        }

        if (profile.SunSpec.Ignore.Count > 0) await output.WriteLineAsync("\nNot believed");
        foreach (IgnoredPoint ignored in profile.SunSpec.Ignore) await Wrapped.WriteAsync(output, $"  SunSpec {ignored.Model} {ignored.Point}: {ignored.Why}{Of(ignored.Evidence.Sources)}", 4);
        IReadOnlyList<QuirkText> quirks = QuirkText.Of(profile);
        if (quirks.Count > 0) await output.WriteLineAsync("\nThe device");
        foreach (QuirkText quirk in quirks) await Wrapped.WriteAsync(output, $"  {quirk.Text}{(quirk.Note is null ? "" : $" ({quirk.Note})")}{Of(quirk.Evidence.Sources)}", 4);
    }

    private static async Task WriteOriginAsync(TextWriter output, string name, FieldOrigin origin)
    {
        string confidence = origin.Confidence is { } sure ? $", {StandingText.Of(sure)}" : "";
        await output.WriteLineAsync($"  {name,-26} {StandingText.Of(origin.Standing)}{confidence}{Of(origin.Sources)}");
        await Wrapped.WriteAsync(output, $"  {"",-26} {origin.Text}", 29);
        foreach (string note in origin.Notes) await Wrapped.WriteAsync(output, $"  {"",-26} {note}", 29);
    }

    private static string Typed(DeviceProfile profile)
    {
        if (profile.Map == ProfileMap.None) return "has no Modbus";
        string[] typed = [.. FieldSummary.ToBeTyped(profile).Select(field => field.Standing switch
        {
            FieldStanding.Typed => field.Name,
            _ when field.NeedsPerson => $"{field.Name} (to confirm)",
            _ when field.MayBeDoubtful => $"{field.Name} (to confirm, where it is an estimate)",
            _ => $"{field.Name} (where SunSpec does not tell it)",
        })];
        return typed.Length == 0 ? "nothing, where the device fills all it has" : string.Join(", ", typed);
    }

    private static string Of(IReadOnlyList<string> sources) => sources.Count == 0 ? "" : $" [{string.Join(", ", sources)}]";
}
