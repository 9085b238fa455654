using System.CommandLine;
using Flip.Edge.Configuration;

namespace Flip.Edge.Cli;

/// <summary><c>flip-edge config check</c>: every error of the configuration at once.</summary>
internal static class ConfigCommand
{
    public static Command Create()
    {
        Option<string?> file = ConfigOptions.File();
        Option<string[]> set = ConfigOptions.Set();
        Command check = new("check", "check the configuration and name every error, each with its key") { file, set };
        check.SetAction(parsed =>
        {
            EdgeSettings? settings = ConfigOptions.Load(parsed.GetValue(file), parsed.GetValue(set) ?? [], parsed.InvocationConfiguration.Error);
            if (settings is null) return ExitCodes.Usage;
            parsed.InvocationConfiguration.Output.WriteLine(
                $"The configuration is good: gateway {settings.Gateway.Id}, site {settings.Site.Id}, {settings.Devices.Count} device(s), trigger {settings.Commissioning.Trigger.ToString().ToLowerInvariant()}");
            return ExitCodes.Done;
        });
        return new("config", "work with the configuration") { check };
    }
}
