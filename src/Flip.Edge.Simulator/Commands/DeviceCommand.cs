using System.CommandLine;
using System.CommandLine.Parsing;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.Simulator.Hostile;

namespace Flip.Edge.Simulator.Commands;

/// <summary><c>flip-edge-sim device</c>: one simulated device until Ctrl-C. Its endpoint is all of standard output.</summary>
internal sealed class DeviceCommand : Command
{
    private readonly Option<int?> _tcp = new("--tcp")
    {
        Description = "Answer Modbus TCP on this port of 127.0.0.1; 0 takes a free one",
        HelpName = "PORT",
    };

    private readonly Option<string?> _rtu = new("--rtu")
    {
        Description = "Answer Modbus RTU (8N1) on this serial port, or on a new pseudo-terminal for \"pty\"",
        HelpName = "PATH|pty",
    };

    private readonly Option<string> _image = new("--image")
    {
        Description = "Which device: " + Names + " (see \"images\")",
        HelpName = "NAME",
        DefaultValueFactory = _ => DeviceImages.Default,
    };

    private readonly Option<string?> _walk = new("--walk")
    {
        Description = "Answer as a device in the field did: a walk from the bundle of \"flip-edge doctor\". In place of --image and --unit",
        HelpName = "FILE",
    };

    private readonly Option<byte[]> _unit = new("--unit")
    {
        Description = "Unit id to answer to; give it several times for several. Others get exception 11 over TCP, silence over RTU",
        HelpName = "N",
        DefaultValueFactory = _ => [1],
    };

    private readonly Option<int> _baud = new("--baud")
    {
        Description = "Speed of the serial port",
        HelpName = "N",
        DefaultValueFactory = _ => 9600,
    };

    private readonly Option<string[]> _behave = new("--behave")
    {
        Description = "Misbehave as devices and lines in the field do; give it several times for several (see \"behaviours\")",
        HelpName = "NAME",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<bool> _quiet = new("--quiet") { Description = "Do not tell each request on standard error" };

    public DeviceCommand()
        : base(
            "device",
            "Simulates one device until Ctrl-C. Prints its endpoint, as \"flip-edge probe\" takes it, on standard output; " +
            "every request that it gets goes to standard error.")
    {
        foreach (var option in (Option[])[_tcp, _rtu, _image, _walk, _unit, _baud, _behave, _quiet]) Add(option);
        Validators.Add(Check);
        SetAction(RunAsync);
    }

    private void Check(CommandResult result)
    {
        // Options that were not given have no value yet; their defaults need no check.
        if (result.Children.OfType<OptionResult>().Any(option => option.Errors.Any())) return;
        if (result.GetResult(_tcp) is null == result.GetResult(_rtu) is null) result.AddError("Give either --tcp PORT or --rtu PATH.");
        if (result.GetValue(_tcp) is < 0 or > ushort.MaxValue) result.AddError("--tcp must be 0 to 65535.");
        if (result.GetResult(_baud) is not null && result.GetValue(_baud) is (< 300 or > 4_000_000))
            result.AddError("--baud must be 300 to 4000000.");
        if (result.GetResult(_rtu) is not null && (result.GetValue(_unit) ?? []).Any(unit => unit is 0 or > 247))
            result.AddError("--unit must be 1 to 247 on a serial line.");
        if (result.GetResult(_image) is not null && DeviceImages.Find(result.GetValue(_image)!) is null)
            result.AddError($"There is no image \"{result.GetValue(_image)}\". There are: {Names}.");
        if (result.GetResult(_behave) is not null) CheckBehaviours(result);
        if (result.GetResult(_walk) is null) return;
        if (IsGiven(result, _image) || IsGiven(result, _unit)) result.AddError("--walk says itself which device it is: leave --image and --unit out.");
        else if (WalkImage.TryRead(result.GetValue(_walk)!, out var wrong) is null) result.AddError(wrong!);
    }

    private void CheckBehaviours(CommandResult result)
    {
        var wire = result.GetResult(_rtu) is null ? HostileWires.Tcp : HostileWires.Rtu;
        foreach (var name in result.GetValue(_behave) ?? [])
        {
            switch (Behaviours.Find(name))
            {
                case null: result.AddError($"There is no behaviour \"{name}\". \"flip-edge-sim behaviours\" lists them."); break;
                case WireBehaviour behaviour when !behaviour.On.HasFlag(wire): result.AddError($"\"{name}\" happens only with {(wire == HostileWires.Tcp ? "--rtu" : "--tcp")}."); break;
            }
        }
    }

    private static bool IsGiven(CommandResult result, Option option) => result.GetResult(option) is { Implicit: false };

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        var image = parsed.GetValue(_walk) is { } walk ? WalkImage.TryRead(walk, out _)! : DeviceImages.Find(parsed.GetValue(_image)!)!;
        var units = parsed.GetValue(_unit)!;
        var baud = parsed.GetValue(_baud);
        DeviceBehaviour[] behaviours = [.. parsed.GetValue(_behave)!.Select(name => Behaviours.Find(name)!)];
        await using var device = parsed.GetValue(_rtu) switch
        {
            null => await HostedDevice.OnTcpAsync(image, parsed.GetValue(_tcp)!.Value, behaviours, null, units).ConfigureAwait(false),
            "pty" => HostedDevice.OnPseudoTerminal(image, baud, behaviours, null, units),
            var path => HostedDevice.OnSerialPort(image, path, baud, behaviours, null, units),
        };
        if (!parsed.GetValue(_quiet)) device.Device.Accessed += access => error.WriteLine(access);
        await output.WriteLineAsync(device.Endpoint.ToString()).ConfigureAwait(false);
        await output.FlushAsync(ct).ConfigureAwait(false);
        await error.WriteLineAsync($"{image.Name}: {image.Description}").ConfigureAwait(false);
        foreach (var behaviour in behaviours) await error.WriteLineAsync($"{behaviour.Name}: {behaviour.Description}").ConfigureAwait(false);
        await error.WriteLineAsync(Hint(parsed.GetValue(_rtu), device.Endpoint)).ConfigureAwait(false);
        await SimulatorCommandLine.UntilEndedAsync(device.Completion, ct).ConfigureAwait(false);
        if (ct.IsCancellationRequested) return SimulatorCommandLine.Done;
        await error.WriteLineAsync($"flip-edge-sim: the serial line of {device.Endpoint} is gone.").ConfigureAwait(false);
        return SimulatorCommandLine.Failed;
    }

    private static string Names => string.Join(", ", DeviceImages.All.Select(image => image.Name));

    private static string Hint(string? rtu, ModbusEndpoint endpoint) => rtu is null or "pty"
        ? $"Try: flip-edge probe '{endpoint}'    Ctrl-C ends."
        : "Try: flip-edge probe with this endpoint, its path replaced by the line's other end.    Ctrl-C ends.";
}
