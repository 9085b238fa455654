using Flip.Edge.Cli;
using Flip.Edge.Devices.Probing;
using Flip.Edge.Modbus;

namespace Flip.Edge.Tests.Cli;

/// <summary>A person types what stands on the label of the device, or what another command of ours printed.</summary>
public sealed class ScanTargetsTests
{
    private static readonly ScanWishes Wishes = new(null, null, null, null, false);

    [Theory]
    [InlineData("127.0.0.1:15020", "tcp://127.0.0.1:15020", "1,2,3")]
    [InlineData("tcp://127.0.0.1:15020", "tcp://127.0.0.1:15020", "1,2,3")]
    [InlineData("tcp://127.0.0.1:15020?unit=5", "tcp://127.0.0.1:15020", "5")]
    [InlineData("inverter.lan", "tcp://inverter.lan:502 tcp://inverter.lan:1502", "1,2,3")]
    [InlineData("tcp://inverter.lan?unit=7", "tcp://inverter.lan:502 tcp://inverter.lan:1502", "7")]
    [InlineData("::1", "tcp://[::1]:502 tcp://[::1]:1502", "1,2,3")]
    [InlineData("[::1]:502", "tcp://[::1]:502", "1,2,3")]
    [InlineData("rtu+tcp://10.0.0.7:4196", "rtu+tcp://10.0.0.7:4196", "1,2,3")]
    public void A_host_is_taken_by_name_with_its_port_and_as_an_endpoint(string typed, string buses, string units)
    {
        Assert.Null(ScanTargets.Tcp([typed], Wishes, [], out IReadOnlyList<ScanLane> lanes));
        Assert.Equal(buses, string.Join(' ', lanes.Select(lane => lane.Endpoint.Bus)));
        Assert.All(lanes, lane => Assert.Equal(units, string.Join(',', lane.Units)));
        Assert.All(lanes, lane => Assert.True(ModbusEndpoint.TryParse(lane.Endpoint.ToString(), out _, out _)));
    }

    [Theory]
    [InlineData("no host", "\"no host\" is no host name and no address; expected HOST or HOST:PORT")]
    [InlineData("127.0.0.1:99999", "\"127.0.0.1:99999\" is no host name and no address")]
    [InlineData("192.168.1.0/24", "\"192.168.1.0/24\" is a network, and networks are not scanned: name the inverter's address")]
    [InlineData("192.168.1.50/24", "is a network")]
    [InlineData("fd00::/64", "is a network")]
    [InlineData("host/24", "is no host name and no address")]
    [InlineData("tcp://h:99999", "the port is \"99999\"")]
    [InlineData("rtu:///dev/ttyUSB0", "did you mean flip-edge scan rtu rtu:///dev/ttyUSB0?")]
    public void What_is_no_host_is_refused_with_what_was_expected(string typed, string expected) =>
        Assert.Contains(expected, ScanTargets.Tcp([typed], Wishes, [], out _), StringComparison.Ordinal);

    [Fact]
    public void All_hosts_are_looked_at_quickly_before_any_is_looked_at_thoroughly()
    {
        Assert.Null(ScanTargets.Tcp(["a:502", "b:502"], Wishes with { IsThorough = true }, [], out IReadOnlyList<ScanLane> lanes));
        Assert.Equal([("tcp://a:502", false), ("tcp://b:502", false), ("tcp://a:502", true), ("tcp://b:502", true)], lanes.Select(lane => (lane.Endpoint.Bus, lane.IsThorough)));
    }

    [Fact]
    public void A_serial_endpoint_keeps_what_it_gives_and_options_win_over_it()
    {
        Assert.Null(ScanTargets.Rtu("rtu:///dev/pts/0?baud=19200&parity=even&unit=5", Wishes, [], out IReadOnlyList<ScanLane> lanes));
        ScanLane lane = Assert.Single(lanes);
        Assert.Equal(("rtu:///dev/pts/0?baud=19200&parity=even&stop=1&unit=1", "5"), (lane.Endpoint.ToString(), string.Join(',', lane.Units)));

        Assert.Null(ScanTargets.Rtu("rtu:///dev/pts/0?baud=19200", Wishes with { BaudRates = [9600], Parities = [SerialParity.None] }, [], out lanes));
        Assert.Equal("rtu:///dev/pts/0?baud=9600&parity=none&stop=1&unit=1", Assert.Single(lanes).Endpoint.ToString());
    }

    [Theory]
    [InlineData("tcp://h", "is no serial line; did you mean flip-edge scan tcp tcp://h?")]
    [InlineData("rtu://dev/ttyUSB0", "a serial port needs three slashes")]
    public void What_is_no_serial_line_is_refused(string typed, string expected) =>
        Assert.Contains(expected, ScanTargets.Rtu(typed, Wishes, [], out _), StringComparison.Ordinal);
}
