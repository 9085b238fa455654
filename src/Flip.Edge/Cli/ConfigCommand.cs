using System.CommandLine;
using Flip.Edge.Cloud;
using Flip.Edge.Configuration;
using Flip.Edge.Otlp;

namespace Flip.Edge.Cli;

/// <summary><c>flip-edge config check</c>: every error of the configuration at once.</summary>
internal static class ConfigCommand
{
    public static Command Create()
    {
        Option<string?> file = ConfigOptions.File();
        Option<string[]> set = ConfigOptions.Set();
        Command check = new("check", "check the configuration and name every error, each with its key") { file, set };
        check.SetAction(async (parsed, cancellationToken) =>
        {
            InvocationConfiguration console = parsed.InvocationConfiguration;
            SettingsResult result = ConfigurationFiles.Load(parsed.GetValue(file), parsed.GetValue(set) ?? [], TimeZoneInfo.Local);
            (IReadOnlyList<ConfigurationError> wrong, IReadOnlyList<string> missingFiles) = await CredentialFiles.CheckAsync(result.Credential, TimeProvider.System.GetUtcNow(), cancellationToken);
            IReadOnlyList<ConfigurationError> errors = [.. result.Errors, .. wrong,
                .. await OtlpHeaders.CheckAsync(result.Otlp, result.Errors, cancellationToken),
                .. await BrokerFiles.CheckAsync(result.Mqtt, TimeProvider.System.GetUtcNow(), cancellationToken)];
            // Of what is not configured right nothing more is said.
            bool IsRight(string section) => !errors.Any(error => error.Key.StartsWith(section, StringComparison.Ordinal));
            IReadOnlyList<LoadedFile> loaded = LoadedFile.Of(
                errors.Any(error => CredentialSection.Holds(error.Key)) ? null : result.Credential, IsRight("Mqtt:") ? result.Mqtt : null, IsRight("Otlp:") ? result.Otlp : null);
            foreach (string warning in await LoadedFiles.WarningsAsync(loaded, Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY"), SystemdCredential.LoadedFrom, cancellationToken))
            {
                await Wrapped.WriteErrorAsync(console.Error, $"warning: {warning}");
            }

            foreach (string missingFile in missingFiles) await Wrapped.WriteErrorAsync(console.Error, $"warning: {missingFile}");
            if (result.AsFarAsRead is { } read)
            {
                foreach (string warning in ConfigurationWarnings.Of(read, errors)) await Wrapped.WriteErrorAsync(console.Error, $"warning: {warning}");
            }

            if (errors.Count > 0)
            {
                ConfigOptions.Write(errors, console.Error);
                return ExitCodes.Usage;
            }

            EdgeSettings settings = result.Settings!;
            await Wrapped.WriteAsync(
                console.Output,
                $"The configuration is good: gateway {settings.Gateway.Id}, site {settings.Site.Id}, {Counted.Of(settings.Devices.Count, "device")}, trigger {settings.Commissioning.Trigger.ToString().ToLowerInvariant()}", 2);
            return ExitCodes.Done;
        });
        return new("config", "work with the configuration") { check };
    }
}
