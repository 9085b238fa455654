using Flip.Edge.Button;

namespace Flip.Edge.Configuration;

/// <summary>What <c>config check</c> warns of: the daemon starts with it, and somebody may regret it.</summary>
internal static class ConfigurationWarnings
{
    /// <summary>One sentence each, in the order of the configuration's sections.</summary>
    /// <param name="settings">The settings, as far as they could be read.</param>
    /// <param name="errors">What is wrong with them: of a wrong key nothing else is said.</param>
    public static IEnumerable<string> Of(EdgeSettings settings, IReadOnlyList<ConfigurationError> errors) => Of(settings, errors, MachineWarnings.OfThisMachine);

    /// <param name="settings">As above.</param>
    /// <param name="errors">As above.</param>
    /// <param name="machine">The gateway's LEDs and devices.</param>
    internal static IEnumerable<string> Of(EdgeSettings settings, IReadOnlyList<ConfigurationError> errors, MachineWarnings machine)
    {
        foreach (string line in WrongProfiles.Lines(settings.Profiles)) yield return line;
        if (settings.Mqtt.IsLoginInTheClear && AreRight("Mqtt:Tls", "Mqtt:Host", "Mqtt:Port", "Mqtt:Username"))
        {
            yield return $"Mqtt:Tls is off, and the password goes to {settings.Mqtt.Broker} in the clear: everybody on that network can read it";
        }

        if (settings.Button?.Input is { } input)
        {
            if (AreRight("Button:Input:Key") && LogindKeys.Doubt(input.Key) is { } doubt) yield return $"Button:Input:Key is {KeyNames.Of(input.Key)}: {doubt}";
            if (AreRight("Button:Input:Device") && MachineWarnings.Of(input) is { } noDevice) yield return noDevice;
        }

        if (settings.Button?.Gpio is { } gpio && AreRight("Button:Gpio:Chip") && machine.Of(gpio) is { } noChip) yield return noChip;
        if (settings.Led is { } led && AreRight("Led:Name") && machine.Of(led) is { } noLed) yield return noLed;

        bool AreRight(params string[] keys) => !errors.Any(error => keys.Contains(error.Key, StringComparer.OrdinalIgnoreCase));
    }
}
