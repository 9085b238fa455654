using Flip.Edge.Button;

namespace Flip.Edge.Configuration;

/// <summary>What <c>config check</c> warns of: the daemon starts with it, and somebody may regret it.</summary>
internal static class ConfigurationWarnings
{
    /// <summary>One sentence each, in the order of the configuration's sections.</summary>
    public static IEnumerable<string> Of(EdgeSettings settings)
    {
        foreach (string line in WrongProfiles.Lines(settings.Profiles)) yield return line;
        if (settings.Mqtt.IsLoginInTheClear) yield return $"Mqtt:Tls is off, and the password goes to {settings.Mqtt.Broker} in the clear: everybody on that network can read it";
        if (settings.Button?.Input is { } input && LogindKeys.Doubt(input.Key) is { } doubt) yield return $"Button:Input:Key is {KeyNames.Of(input.Key)}: {doubt}";
    }
}
