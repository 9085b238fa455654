using System.Text;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Devices.Profiles.Telling;

namespace Flip.Edge.DevicesDoc;

/// <summary>One line for each family.</summary>
internal static class OverviewTable
{
    public static string Of(IEnumerable<DeviceProfile> profiles)
    {
        StringBuilder table = new("| profile | manufacturer | model | serial number | capacity | charge | discharge | inverter | confidence |\n|---|---|---|---|---|---|---|---|---|\n");
        foreach (DeviceProfile profile in profiles)
        {
            string cells = string.Join(" | ", FieldSummary.Of(profile).Select(Cell));
            table.Append($"| [{profile.Name}](#{Markdown.Anchor(profile.Name)}) | {cells} | {Sureness(profile)} |\n");
        }

        return table.ToString();
    }

    public static string OfWithoutModbus(IEnumerable<DeviceProfile> profiles)
    {
        StringBuilder table = new("| profile | family | what to do |\n|---|---|---|\n");
        foreach (DeviceProfile profile in profiles) table.Append($"| {profile.Name} | {Markdown.Text(profile.Title)} | {Markdown.Text(profile.NoModbus!)} |\n");
        return table.ToString();
    }

    private static string Cell(FieldSummary field) => field.Standing switch
    {
        FieldStanding.Read => "yes",
        FieldStanding.Setting => "setting",
        FieldStanding.SunSpec => field.Why is null ? "SunSpec" : "SunSpec, else **type**",
        FieldStanding.Supplied => "supplied",
        FieldStanding.Unsure => "confirm",
        FieldStanding.Estimated => "estimate",
        _ => "**type**",
    };

    // The least of the facts that the nameplate rests on.
    private static string Sureness(DeviceProfile profile)
    {
        Confidence[] all =
        [
            .. Enum.GetValues<ProfileField>().SelectMany(field => FieldOrigin.Of(profile, field)).Where(origin => origin.Confidence is not null).Select(origin => origin.Confidence!.Value),
        ];
        if (all.Length == 0) return "SunSpec";
        return all.Min() == all.Max() ? StandingText.Of(all.Min()) : $"{StandingText.Of(all.Min())} to {StandingText.Of(all.Max())}";
    }
}
