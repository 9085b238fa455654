using System.CommandLine;
using Flip.Edge.Configuration;
using Flip.Edge.Devices;
using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Probing;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;

namespace Flip.Edge.Cli;

/// <summary><c>flip-edge probe</c>: one device's nameplate with its evidence, without a configuration and without the daemon.</summary>
internal static class ProbeCommand
{
    public static Command Create()
    {
        Argument<string> endpoint = new("ENDPOINT")
        {
            Description = "tcp://HOST[:502][?unit=1], rtu:///dev/serial/by-id/X?baud=9600&parity=none&stop=1&unit=1 or rtu+tcp://HOST:PORT?unit=1",
        };
        Option<string> profile = new("--profile")
        {
            HelpName = "NAME",
            Description = "how to read it, see flip-edge profiles list; auto finds it out",
            DefaultValueFactory = _ => DeviceProbe.Auto,
        };
        Option<bool> json = new("--json") { Description = "write JSON instead of a table" };
        Option<double?> timeout = new("--timeout") { HelpName = "SECONDS", Description = "how long the device may take for one answer [default: as its profile has it, else 1]" };
        Option<int?> registers = new("--registers")
        {
            HelpName = "COUNT",
            Description = "the most registers to ask for at once, for devices that refuse more [default: as its profile has it, else 125]",
        };
        Option<bool> verbose = new("--verbose") { Description = "tell of every question on standard error" };
        Option<string?> profiles = ConfigOptions.Profiles();
        profile.CompletionSources.Add(Completions.ReadableProfiles(profiles));
        Option<bool> explain = new("--explain") { Description = "tell of every transaction what it held, and why registers were read together" };
        Command command = new("probe", "read one device's nameplate, with evidence") { endpoint, profile, profiles, json, timeout, registers, verbose, explain };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            InvocationConfiguration console = parsed.InvocationConfiguration;
            // System.CommandLine listens for Ctrl-C only once a command has given way for the first time.
            await Task.Yield();
            string name = parsed.GetValue(profile)!;
            ModbusEndpoint? target = null;
            if ((ProfileFiles.TryLoad(parsed.GetValue(profiles), out ProfileCatalog catalog) ?? Wrong(parsed.GetValue(endpoint)!, name, catalog, parsed.GetValue(timeout), parsed.GetValue(registers), out target)) is { } error)
            {
                await console.Error.WriteLineAsync(error);
                return ExitCodes.Usage;
            }

            ModbusWishes wishes = new()
            {
                ResponseTimeout = parsed.GetValue(timeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
                RegistersPerRead = parsed.GetValue(registers),
            };
            ProgressLines progress = new(console.Error, parsed.GetValue(verbose));
            return await ProbeAsync(new(target!, name, wishes, parsed.GetValue(json), parsed.GetValue(explain)), catalog, progress, console, cancellationToken);
        });
        return command;
    }

    private static string? Wrong(
        string endpoint, string profile, ProfileCatalog catalog, double? timeout, int? registers, out ModbusEndpoint? target)
    {
        if (!ModbusEndpoint.TryParse(endpoint, out target, out string? error)) return error;
        if (ProfileNames.Unknown(profile, catalog) is { } unknown) return $"--profile {unknown}";

        if (registers is < 1 or > ModbusClientOptions.ProtocolRegistersPerRead) return $"--registers is {registers}, and has to be 1 to {ModbusClientOptions.ProtocolRegistersPerRead}";
        return timeout is < 0.1 or > 60 ? "--timeout has to be a number of seconds from 0.1 to 60" : null;
    }

    private static async Task<int> ProbeAsync(
        Asked asked, ProfileCatalog catalog, ProgressLines progress, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        try
        {
            DeviceProbe probe = new(catalog, Connect, TimeProvider.System);
            IdentifiedDevice device = await probe.FindAsync(asked.Endpoint, asked.Profile, asked.Wishes, ProbeScope.Person, progress, cancellationToken);
            NameplateReading reading = await new DeviceReader(Connect, TimeProvider.System).ReadAsync(device, cancellationToken);
            progress.Clear();
            reading = reading with { Nameplate = new NameplateOverrides().ApplyTo(reading.Nameplate) };
            if (asked.IsJson) await console.Output.WriteLineAsync(ProbeJson.Write(device, reading));
            else await ProbeTable.WriteAsync(console.Output, device, reading);
            if (asked.IsExplained) await PlanText.WriteAsync(asked.IsJson ? console.Error : console.Output, reading);
            return ExitCodes.Done;
        }
        catch (Exception failed) when (failed is DeviceNotFoundException or DeviceNotReadableException)
        {
            progress.Clear();
            await Wrapped.WriteErrorAsync(console.Error, failed.Message);
            if (IsAsleep(failed)) await Wrapped.WriteErrorAsync(console.Error, "The daemon waits for such a device; probe does not: ask again when it is awake.");
            if (asked.IsJson) await console.Output.WriteLineAsync(ProbeJson.WriteFailure(asked.Endpoint, failed));
            return ExitCodes.DeviceNotReadable;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            progress.Clear();
            await console.Error.WriteLineAsync("It was broken off before the nameplate was read.");
            if (asked.IsJson) await console.Output.WriteLineAsync(ProbeJson.WriteFailure(asked.Endpoint, null));
            return ExitCodes.Interrupted;
        }
    }

    private static bool IsAsleep(Exception failed) => failed.Message.Contains("asleep", StringComparison.Ordinal);

    private static IModbusClient Connect(ModbusEndpoint endpoint, ModbusClientOptions options) =>
        ModbusClient.Create(endpoint, options, TimeProvider.System);

    private sealed record Asked(ModbusEndpoint Endpoint, string Profile, ModbusWishes Wishes, bool IsJson, bool IsExplained);
}
