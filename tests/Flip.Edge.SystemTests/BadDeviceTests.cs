using Flip.Edge.Simulator.Devices;
using Flip.Edge.SystemTests.Support;

namespace Flip.Edge.SystemTests;

/// <summary>Devices that can't be read: exit code 3 and one sentence that names endpoint, unit and what to look at.</summary>
public sealed class BadDeviceTests
{
    [Fact]
    public async Task A_port_that_nobody_listens_on()
    {
        int port = FreePort.Next();
        string error = await FailsAsync($"tcp://127.0.0.1:{port}");
        Assert.Contains($"tcp://127.0.0.1:{port}", error, StringComparison.Ordinal);
        Assert.Contains("nothing listens on this port", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_unit_that_is_absent_behind_a_TCP_gateway()
    {
        await using HostedDevice device = await Site.DeviceAsync();
        string error = await FailsAsync($"{device.Endpoint.Bus}?unit=9");
        Assert.Contains("unit 9", error, StringComparison.Ordinal);
        Assert.Contains("exception 11, no device answers behind the inverter, dongle or serial server; check the unit id", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_unit_that_is_absent_on_a_serial_line()
    {
        await using HostedDevice device = HostedDevice.OnPseudoTerminal(DeviceImages.Find("hybrid")!, 9600);
        string error = await FailsAsync($"{device.Endpoint.Bus}?unit=9", "--timeout", "0.3");
        Assert.Contains("unit 9", error, StringComparison.Ordinal);
        Assert.Contains("no reply within 0.3 s", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_that_is_no_SunSpec_device()
    {
        await using HostedDevice device = await HostedDevice.OnTcpAsync(DeviceImages.Find("not-sunspec")!, 0);
        Assert.Contains("answers, but is no SunSpec device", await FailsAsync(device.Endpoint.ToString()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_serial_port_that_is_not_there()
    {
        Assert.Contains("there is no /dev/ttyUSB99; is the adapter plugged in?", await FailsAsync("rtu:///dev/ttyUSB99"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("192.168.1.50", "is not an endpoint")]
    [InlineData("http://192.168.1.50", "the scheme \"http\" is unknown")]
    [InlineData("tcp://192.168.1.50?unit=256", "unit is \"256\" and must be a whole number from 0 to 255")]
    [InlineData("tcp://192.168.1.50?baud=9600", "\"baud\" is unknown here")]
    [InlineData("rtu://dev/ttyUSB0", "three slashes")]
    [InlineData("rtu:///dev/ttyUSB0?parity=maybe", "must be none, even or odd")]
    [InlineData("rtu+tcp://192.168.1.50", "the port is missing")]
    public async Task Text_that_is_no_endpoint_is_a_usage_error(string endpoint, string sentence)
    {
        CommandResult probe = (await EdgeCommand.RunAsync("probe", endpoint)).Exited(2);
        Assert.Contains(sentence, probe.Error, StringComparison.Ordinal);
        Assert.Contains("expected tcp://HOST", probe.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zero-capacity", "capacity_wh", "invalid")]
    [InlineData("sentinels", "max_charge_w", "not_implemented")]
    public async Task What_a_device_does_not_tell_has_no_value_and_a_reason(string image, string field, string state)
    {
        await using HostedDevice device = await HostedDevice.OnTcpAsync(DeviceImages.Find(image)!, 0);
        CommandResult probe = (await EdgeCommand.RunAsync("probe", device.Endpoint.ToString(), "--json")).Exited(0);
        Assert.Equal(state, (string?)probe.Json["devices"]![0]![field]!["state"]);
        Assert.Null(probe.Json["devices"]![0]![field]!["value"]);
        Assert.NotNull(probe.Json["devices"]![0]![field]!["reason"]);
    }

    private static async Task<string> FailsAsync(params string[] arguments)
    {
        foreach (string[] form in (string[][])[[], ["--json"]])
        {
            CommandResult probe = (await EdgeCommand.RunAsync(["probe", .. arguments, .. form])).Exited(3);
            if (form.Length == 0) Assert.Empty(probe.Output);
            else Assert.Equal(probe.Error, (string?)probe.Json["error"]!["message"]);
            Assert.DoesNotContain('\n', probe.Error);
            if (form.Length > 0) return probe.Error;
        }

        return "";
    }
}
