using Flip.Edge.Devices.Probing;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;
using static Flip.Edge.Devices.Tests.Probing.SampleFamilies;

namespace Flip.Edge.Devices.Tests.Probing;

public sealed class ProbeLanesTests
{
    private static readonly DeviceProfile[] Families =
    [
        Family("a", ports: [503], baud: [9600]), Family("b", ports: [1502, 502], baud: [115200, 9600]), Family("c", ports: [1502]),
        Family("d", baud: [19200]) with { Transport = new() { BaudRates = [19200], Parity = SerialParity.Even, RtuOverTcpPorts = [8080] } },
    ];

    [Theory]
    [InlineData("tcp://h", "tcp://h:502 tcp://h:1502 tcp://h:503 rtu+tcp://h:8080")]
    [InlineData("tcp://h:502", "tcp://h:502")]
    [InlineData("rtu+tcp://h:4196", "rtu+tcp://h:4196")]
    public void A_port_that_was_left_open_is_looked_for_where_the_families_have_it(string endpoint, string buses) =>
        Assert.Equal(buses, string.Join(' ', Lanes(endpoint, ProbeScope.Unattended).Select(lane => lane.Bus)));

    [Fact]
    public void A_family_that_was_named_is_looked_for_at_its_own_ports_first_and_nowhere_else() =>
        Assert.Equal(["tcp://h:1502", "tcp://h:502"], ProbeLanes.Of(ModbusEndpoint.Parse("tcp://h"), [Families[1]], true, ProbeScope.Person).Select(lane => lane.Bus));

    [Fact]
    public void A_family_that_was_named_and_is_known_only_on_a_serial_line_is_looked_for_behind_a_gateway_at_502() =>
        Assert.Equal(["tcp://h:502"], ProbeLanes.Of(ModbusEndpoint.Parse("tcp://h"), [Family("e", baud: [9600])], true, ProbeScope.Person).Select(lane => lane.Bus));

    [Fact]
    public void Nobody_changes_a_line_unasked() =>
        Assert.Equal(["9600 None 1"], Lanes("rtu:///dev/ttyUSB0", ProbeScope.Unattended).Select(Setting));

    [Fact]
    public void A_family_that_was_named_brings_its_own_speed_and_parity() =>
        Assert.Equal(["19200 Even 1"], ProbeLanes.Of(ModbusEndpoint.Parse("rtu:///dev/ttyUSB0"), [Families[3]], true, ProbeScope.Unattended).Select(Setting));

    [Fact]
    public void For_a_person_the_usual_setting_comes_first_then_every_speed_with_every_parity() => Assert.Equal(
        ["9600 None 1", "115200 None 1", "19200 None 1", "9600 Even 1", "115200 Even 1", "19200 Even 1"],
        Lanes("rtu:///dev/ttyUSB0", ProbeScope.Person).Select(Setting));

    [Fact]
    public void What_was_given_of_a_line_stays() => Assert.Equal(
        ["4800 None 2", "4800 Even 2"], Lanes("rtu:///dev/ttyUSB0?baud=4800&stop=2", ProbeScope.Person).Select(Setting));

    private static IReadOnlyList<ModbusEndpoint> Lanes(string endpoint, ProbeScope scope) => ProbeLanes.Of(ModbusEndpoint.Parse(endpoint), Families, false, scope);

    private static string Setting(ModbusEndpoint lane) => lane is ModbusRtuEndpoint rtu ? $"{rtu.BaudRate} {rtu.Parity} {rtu.StopBits}" : "";
}
