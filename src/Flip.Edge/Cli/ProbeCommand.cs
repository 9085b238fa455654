using System.CommandLine;
using Flip.Edge.Configuration;
using Flip.Edge.Devices;
using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.SunSpec;
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
        Option<string> profile = new("--profile") { HelpName = "NAME", Description = "auto or sunspec", DefaultValueFactory = _ => DevicesSection.AutoProfile };
        Option<bool> json = new("--json") { Description = "write JSON instead of a table" };
        Option<double> timeout = new("--timeout") { HelpName = "SECONDS", Description = "how long the device may take for one answer", DefaultValueFactory = _ => 1 };
        Option<int> registers = new("--registers")
        {
            HelpName = "COUNT",
            Description = "the most registers to ask for at once, for devices that refuse more",
            DefaultValueFactory = _ => ModbusClientOptions.ProtocolRegistersPerRead,
        };
        Command command = new("probe", "read one device's nameplate, with evidence") { endpoint, profile, json, timeout, registers };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            InvocationConfiguration console = parsed.InvocationConfiguration;
            if (Wrong(parsed.GetValue(endpoint)!, parsed.GetValue(profile)!, parsed.GetValue(timeout), parsed.GetValue(registers), out ModbusEndpoint? target) is { } error)
            {
                await console.Error.WriteLineAsync(error);
                return ExitCodes.Usage;
            }

            ModbusClientOptions options = new() { ResponseTimeout = TimeSpan.FromSeconds(parsed.GetValue(timeout)), RegistersPerRead = parsed.GetValue(registers) };
            return await ProbeAsync(target!, options, parsed.GetValue(json), console, cancellationToken);
        });
        return command;
    }

    private static string? Wrong(string endpoint, string profile, double timeout, int registers, out ModbusEndpoint? target)
    {
        if (!ModbusEndpoint.TryParse(endpoint, out target, out string? error)) return error;
        if (profile is not (DevicesSection.AutoProfile or DevicesSection.SunSpecProfile))
        {
            return $"--profile is \"{profile}\", and has to be {DevicesSection.AutoProfile} or {DevicesSection.SunSpecProfile}";
        }

        if (registers is < 1 or > ModbusClientOptions.ProtocolRegistersPerRead) return $"--registers is {registers}, and has to be 1 to {ModbusClientOptions.ProtocolRegistersPerRead}";
        return timeout is >= 0.1 and <= 60 ? null : "--timeout has to be a number of seconds from 0.1 to 60";
    }

    private static async Task<int> ProbeAsync(
        ModbusEndpoint endpoint, ModbusClientOptions options, bool json, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        try
        {
            await using IModbusClient client = ModbusClient.Create(endpoint, options, TimeProvider.System);
            NameplateReading reading = await new SunSpecNameplateReader(TimeProvider.System).ReadAsync(client, endpoint.Unit, cancellationToken);
            reading = reading with { Nameplate = new NameplateOverrides().ApplyTo(reading.Nameplate) };
            if (json) await console.Output.WriteLineAsync(ProbeJson.Write(endpoint, reading));
            else await ProbeTable.WriteAsync(console.Output, endpoint, reading);
            return ExitCodes.Done;
        }
        catch (Exception failed) when (failed is ModbusException or DeviceNotReadableException)
        {
            await console.Error.WriteLineAsync(failed.Message);
            return ExitCodes.DeviceNotReadable;
        }
    }
}
