using System.CommandLine;
using Flip.Edge.Configuration;

namespace Flip.Edge.Cli;

/// <summary>The options that say where the configuration is.</summary>
internal static class ConfigOptions
{
    public static Option<string?> File() => new("--config") { HelpName = "FILE", Description = $"configuration file [default: {ConfigurationFiles.DefaultFile}]" };

    public static Option<string?> Profiles() => new("--profiles")
    {
        HelpName = "DIR",
        Description = $"where more profiles are [default: Gateway:ProfilesDirectory, else {ProfileFiles.DefaultDirectory}]",
    };

    public static Option<string[]> Set() => new("--set")
    {
        HelpName = "KEY=VALUE",
        Description = "set one key, as in --set Mqtt:Port=1884; wins over file and environment",
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>Loads the settings, or writes the first errors and returns null.</summary>
    public static EdgeSettings? Load(string? file, IReadOnlyList<string> set, TextWriter errors)
    {
        SettingsResult result = ConfigurationFiles.Load(file, set, TimeZoneInfo.Local);
        if (result.Settings is not null) return result.Settings;
        FirstErrors first = FirstErrors.Of(result.Errors);
        foreach (ConfigurationError error in first.Shown) Wrapped.WriteError(errors, error.ToString());
        if (first.Left > 0) Wrapped.WriteError(errors, $"… and {first.Left} more: flip-edge config check{(file is null ? "" : $" --config {file}")} names all of them");
        WriteCount(first.All, errors);
        return null;
    }

    /// <summary>Writes every error, and how many they are.</summary>
    public static void Write(IReadOnlyList<ConfigurationError> found, TextWriter errors)
    {
        foreach (ConfigurationError error in found) Wrapped.WriteError(errors, error.ToString());
        WriteCount(found.Count, errors);
    }

    private static void WriteCount(int count, TextWriter errors) => errors.WriteLine($"{Counted.Of(count, "error")} in the configuration");
}
