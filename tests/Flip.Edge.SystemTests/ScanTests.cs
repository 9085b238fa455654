using System.Text.Json.Nodes;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.SystemTests.Support;

namespace Flip.Edge.SystemTests;

/// <summary>Looking around on hosts and serial lines, on a person's request.</summary>
public sealed class ScanTests
{
    [Fact]
    public async Task A_device_on_a_TCP_port_is_found_with_what_proves_it_and_the_command_to_read_it()
    {
        await using HostedDevice device = await HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, 0);
        string endpoint = $"{device.Endpoint.Bus}?unit=1";
        CommandResult scan = (await EdgeCommand.RunAsync("scan", "tcp", "127.0.0.1", "--ports", Port(device), "--units", "1-3")).Exited(0);
        Assert.StartsWith($"{endpoint}\n", scan.Output, StringComparison.Ordinal);
        Assert.Contains("a SunSpec map at 40000", scan.Output, StringComparison.Ordinal);
        Assert.Contains("serial    123456789", scan.Output, StringComparison.Ordinal);
        Assert.Contains($"flip-edge probe '{endpoint}' --profile sunspec", scan.Output, StringComparison.Ordinal);
        Assert.Contains("asking 3 unit ids, 1 to 3", scan.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("is anyone there", scan.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_of_a_family_on_a_serial_line_is_found_as_JSON()
    {
        await using HostedDevice device = HostedDevice.OnPseudoTerminal(DeviceImages.Find("growatt-vpp")!, 9600);
        string path = ((ModbusRtuEndpoint)device.Endpoint).Port;
        CommandResult scan = (await EdgeCommand.RunAsync(
            "scan", "rtu", path, "--baud", "9600", "--parity", "none", "--units", "1", "--json", "--verbose")).Exited(0);
        JsonNode found = Assert.Single(scan.Json["found"]!.AsArray())!;
        Assert.Equal(("battery", "growatt-vpp", $"{device.Endpoint.Bus}?baud=9600&parity=none&stop=1&unit=1"),
            ((string?)found["kind"], (string?)found["profile"], (string?)found["endpoint"]));
        Assert.NotEmpty((string)found["why"]!);
        Assert.NotEmpty((string)found["serial_number"]!);
        Assert.False((bool)scan.Json["broken_off"]!);
        Assert.Contains("is anyone there", scan.Error, StringComparison.Ordinal);
        Assert.Contains("itself a master on this line", scan.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_found_is_exit_3_and_says_what_came()
    {
        int port = FreePort.Next();
        CommandResult scan = (await EdgeCommand.RunAsync("scan", "tcp", "127.0.0.1", "--ports", $"{port}")).Exited(3);
        Assert.Contains("Nothing was found.", scan.Output, StringComparison.Ordinal);
        Assert.Contains("nothing listens on this port", scan.Output, StringComparison.Ordinal);
        Assert.Empty((await EdgeCommand.RunAsync("scan", "tcp", "127.0.0.1", "--ports", $"{port}", "--json")).Exited(3).Json["found"]!.AsArray());
    }

    [Fact]
    public async Task Ctrl_C_keeps_what_was_found()
    {
        await using HostedDevice device = HostedDevice.OnPseudoTerminal(DeviceImages.Find("hybrid")!, 9600);
        string path = ((ModbusRtuEndpoint)device.Endpoint).Port;
        await using RunningProcess scan = RunningProcess.Start(EdgeCommand.Start("scan", "rtu", path, "--thorough", "--baud", "9600", "--parity", "none"));
        await scan.WaitForAsync("found at ");
        scan.Signal(PosixSignalNumber.Interrupt);
        Assert.Equal(0, await scan.ExitedAsync());
        Assert.Contains($"{device.Endpoint}", scan.Output, StringComparison.Ordinal);
        Assert.Contains("It was broken off: there may be more.", scan.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_before_anything_was_found_is_exit_130()
    {
        await using HostedDevice device = HostedDevice.OnPseudoTerminal(DeviceImages.Find("hybrid")!, 9600, 99);
        string path = ((ModbusRtuEndpoint)device.Endpoint).Port;
        await using RunningProcess scan = RunningProcess.Start(EdgeCommand.Start("scan", "rtu", path, "--units", "1-50"));
        await scan.WaitForAsync("asking ");
        scan.Signal(PosixSignalNumber.Interrupt);
        Assert.Equal(130, await scan.ExitedAsync());
        Assert.Contains("Nothing was found before it was broken off.", scan.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_port_the_serial_ports_of_the_machine_are_listed()
    {
        CommandResult list = await EdgeCommand.RunAsync("scan", "rtu", "--json");
        JsonArray ports = list.Json["ports"]!.AsArray();
        list.Exited(ports.Count > 0 ? 0 : 3);
        Assert.All(ports, port => Assert.StartsWith("/dev/", (string?)port!["path"], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Probe_finds_out_what_a_device_is_and_tells_each_step_when_asked_to()
    {
        await using HostedDevice device = await HostedDevice.OnTcpAsync(DeviceImages.Find("sungrow-sh")!, 0);
        CommandResult probe = (await EdgeCommand.RunAsync("probe", device.Endpoint.Bus, "--verbose", "--json")).Exited(0);
        Assert.StartsWith("sungrow-sh@", (string?)probe.Json["profile"], StringComparison.Ordinal);
        Assert.NotEmpty((string)probe.Json["identified_by"]!);
        string[] steps = probe.Error.Split('\n');
        Assert.Contains(steps, step => step.Contains("unit 1, SunSpec: ", StringComparison.Ordinal));
        Assert.Contains(steps, step => step.Contains("unit 1, sungrow-sh: yes: ", StringComparison.Ordinal));
        Assert.All(steps, step => Assert.StartsWith("tcp://127.0.0.1", step, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_came_in_place_of_a_nameplate_is_an_object_with_a_code_for_scripts()
    {
        CommandResult probe = (await EdgeCommand.RunAsync("probe", $"tcp://127.0.0.1:{FreePort.Next()}?unit=1", "--json")).Exited(3);
        Assert.Equal("not_found", (string?)probe.Json["error"]!["code"]);
        probe = (await EdgeCommand.RunAsync("probe", "tcp://127.0.0.1", "--profile", "enphase", "--json")).Exited(3);
        Assert.Equal("not_readable", (string?)probe.Json["error"]!["code"]);
    }

    [Fact]
    public async Task Ctrl_C_breaks_a_probe_off_with_a_sentence_and_exit_130()
    {
        await using HostedDevice device = HostedDevice.OnPseudoTerminal(DeviceImages.Find("hybrid")!, 9600, 99);
        await using RunningProcess probe = RunningProcess.Start(EdgeCommand.Start("probe", $"{device.Endpoint.Bus}?unit=5", "--verbose"));
        await probe.WaitForAsync("unit 5");
        probe.Signal(PosixSignalNumber.Interrupt);
        Assert.Equal(130, await probe.ExitedAsync());
        Assert.Contains("It was broken off before the nameplate was read.", probe.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_with_its_port_and_one_of_version_6_are_scanned_as_they_were_typed()
    {
        await using HostedDevice device = await HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, 0);
        CommandResult scan = (await EdgeCommand.RunAsync("scan", "tcp", $"127.0.0.1:{Port(device)}", "--units", "1")).Exited(0);
        Assert.StartsWith($"{device.Endpoint.Bus}?unit=1\n", scan.Output, StringComparison.Ordinal);
        Assert.Contains("1 connection is looked at; if nobody answers, it takes 2 s at most.", scan.Error, StringComparison.Ordinal);
        scan = (await EdgeCommand.RunAsync("scan", "tcp", "::1", "--ports", $"{FreePort.Next()}", "--units", "1")).Exited(3);
        Assert.Contains("  tcp://[::1]:", scan.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_profile_of_ones_own_is_tried_from_its_directory()
    {
        await using HostedDevice device = await HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, 0);
        string folder = Directory.CreateTempSubdirectory("flip-edge-profiles").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "cloudy.json"), """{ "name": "cloudy", "version": 7, "title": "Cloudy boxes", "brands": [], "map": "sunspec", "transport": { "tcp": { "ports": [502] } } }""", TestContext.Current.CancellationToken);
            CommandResult probe = (await EdgeCommand.RunAsync("probe", $"{device.Endpoint.Bus}?unit=1", "--profile", "cloudy", "--profiles", folder, "--json")).Exited(0);
            Assert.Equal("cloudy@7", (string?)probe.Json["profile"]);
            probe = (await EdgeCommand.RunAsync("probe", $"{device.Endpoint.Bus}?unit=1", "--profiles", Path.Combine(folder, "nonexist"))).Exited(2);
            Assert.Contains("there is no such directory", probe.Error, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Probing_a_family_without_Modbus_is_its_sentence()
    {
        CommandResult probe = (await EdgeCommand.RunAsync("probe", "tcp://127.0.0.1", "--profile", "enphase")).Exited(3);
        Assert.Contains("Modbus", probe.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("no reply", probe.Error, StringComparison.Ordinal);
    }

    private static string Port(HostedDevice device) => $"{((ModbusTcpEndpoint)device.Endpoint).Port}";
}
