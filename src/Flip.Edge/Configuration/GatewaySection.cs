namespace Flip.Edge.Configuration;

internal static class GatewaySection
{
    public const string DefaultDataDirectory = "/var/lib/flip-edge";

    private const int LongestId = 64;

    public static GatewaySettings Read(SectionReader section)
    {
        string id = section.Required("Id", "a name for this gateway that no other has; it is part of its MQTT topics");
        if (id.Length > 0 && (id.Length > LongestId || !id.All(IsAllowed)))
        {
            section.Fail("Id", $"is \"{id}\", and may only hold 1 to {LongestId} letters, digits, \"-\", \".\" and \"_\": it is part of MQTT topics");
        }

        string directory = section.Text("DataDirectory") ?? DefaultDataDirectory;
        if (!Path.IsPathRooted(directory)) section.Fail("DataDirectory", $"is \"{directory}\", and has to be an absolute path");
        ClockRule clock = Clock(section);
        string profiles = section.Text("ProfilesDirectory") ?? ProfileFiles.DefaultDirectory;
        if (!Path.IsPathRooted(profiles)) section.Fail("ProfilesDirectory", $"is \"{profiles}\", and has to be an absolute path");
        section.Close();
        return new(id, directory, clock, profiles);
    }

    private static ClockRule Clock(SectionReader section)
    {
        string? text = section.Text("Clock");
        if (text is null || text.Equals("synchronized", StringComparison.OrdinalIgnoreCase)) return ClockRule.Synchronized;
        if (text.Equals("as_set", StringComparison.OrdinalIgnoreCase)) return ClockRule.AsSet;
        section.Fail("Clock", $"is \"{text}\", and has to be synchronized or as_set");
        return ClockRule.Synchronized;
    }

    private static bool IsAllowed(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_';
}
