using System.CommandLine;
using Flip.Edge.Devices.Probing;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;

namespace Flip.Edge.Cli;

/// <summary><c>flip-edge scan tcp|rtu</c>: looks around for devices, because a person asked for it. Only reads.</summary>
internal static class ScanCommand
{
    public static Command Create() => new("scan", "look for devices on the network or on a serial line; only reads") { Tcp(), Rtu() };

    private static Command Tcp()
    {
        Argument<string[]> hosts = new("HOST") { Description = "names or addresses, also HOST:PORT and tcp://HOST:PORT?unit=1", Arity = ArgumentArity.OneOrMore };
        Option<string?> ports = new("--ports") { HelpName = "LIST", Description = "TCP ports, as in 502,1502 [default: those that inverters use]" };
        ScanOptions options = new();
        Command command = new("tcp", "look at the Modbus ports of hosts") { hosts, ports };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            InvocationConfiguration console = parsed.InvocationConfiguration;
            string? wrongPorts = NumberList.TryRead(parsed.GetValue(ports), "--ports", 1, 65535, out IReadOnlyList<int>? portList);
            string? wrong = options.Read(parsed, out ScanWishes wishes);
            string? wrongProfiles = options.Profiles(parsed, out ProfileCatalog catalog);
            IReadOnlyList<ScanLane> lanes = [];
            if ((wrongPorts ?? wrong ?? wrongProfiles ?? ScanTargets.Tcp(parsed.GetValue(hosts)!, wishes with { Ports = portList }, ScanRun.Families(catalog), out lanes)) is { } error)
            {
                return await UsageAsync(console, error);
            }

            return await ScanRun.RunAsync(lanes, catalog, options.Given(parsed), console, cancellationToken);
        });
        return command;
    }

    private static Command Rtu()
    {
        Argument<string?> port = new("PORT") { Description = "/dev/serial/by-id/… or rtu:///dev/…; without it the ports of this machine are listed", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> baud = new("--baud") { HelpName = "LIST", Description = "speeds, as in 9600,19200 [default: 9600,19200,115200; with --thorough all usual ones]" };
        Option<string?> parity = new("--parity") { HelpName = "LIST", Description = "none, even, odd [default: none,even; with --thorough all]" };
        baud.CompletionSources.Add(Completions.ListOf("2400", "4800", "9600", "19200", "38400", "57600", "115200"));
        parity.CompletionSources.Add(Completions.ListOf("none", "even", "odd"));
        ScanOptions options = new();
        Command command = new("rtu", "look at a serial line, or list the serial ports") { port, baud, parity };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            InvocationConfiguration console = parsed.InvocationConfiguration;
            string? wrongSpeeds = NumberList.TryRead(parsed.GetValue(baud), "--baud", 300, 4_000_000, out IReadOnlyList<int>? speeds);
            string? wrongParities = NumberList.TryReadParities(parsed.GetValue(parity), out IReadOnlyList<SerialParity>? parities);
            string? wrong = options.Read(parsed, out ScanWishes wishes);
            string? wrongProfiles = options.Profiles(parsed, out ProfileCatalog catalog);
            if ((wrongSpeeds ?? wrongParities ?? wrong ?? wrongProfiles) is { } error) return await UsageAsync(console, error);
            if (parsed.GetValue(port) is not { } path) return await SerialPortLines.WriteAsync(SerialPortList.Read(), options.IsJson(parsed), console.Output);
            ScanWishes whole = wishes with { BaudRates = speeds, Parities = parities };
            if (ScanTargets.Rtu(path, whole, ScanRun.Families(catalog), out IReadOnlyList<ScanLane> lanes) is { } noLine) return await UsageAsync(console, noLine);
            await Wrapped.WriteErrorAsync(console.Error, "If the inverter is itself a master on this line, its requests and these disturb each other: look for a short time, and then look at the inverter.");
            return await ScanRun.RunAsync(lanes, catalog, options.Given(parsed), console, cancellationToken);
        });
        return command;
    }

    private static async Task<int> UsageAsync(InvocationConfiguration console, string wrong)
    {
        await console.Error.WriteLineAsync(wrong);
        return ExitCodes.Usage;
    }
}
