using Flip.Edge.Devices.Probing;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;
using static Flip.Edge.Devices.Tests.Probing.SampleFamilies;

namespace Flip.Edge.Devices.Tests.Probing;

public sealed class ScanPlanTests
{
    private static readonly ScanWishes Nothing = new(null, null, null, null, false);
    private static readonly DeviceProfile[] Families = [Family("a", [1, 247], [503], [9600]), Family("b", [100], [502])];

    [Fact]
    public void A_quick_scan_of_hosts_asks_the_likely_units_at_the_likely_ports_of_one_host_after_the_other()
    {
        IReadOnlyList<ScanLane> lanes = ScanPlan.Tcp(["one", "two"], Nothing, Families);
        Assert.Equal(
            ["tcp://one:502", "tcp://one:1502", "tcp://one:503", "tcp://two:502", "tcp://two:1502", "tcp://two:503"], lanes.Select(lane => lane.Endpoint.Bus));
        Assert.All(lanes, lane => Assert.Equal([1, 2, 3, 247, 100], lane.Units));
    }

    [Fact]
    public void A_quick_scan_of_a_line_asks_the_units_of_families_that_have_RS_485_at_three_speeds_without_and_with_parity()
    {
        IReadOnlyList<ScanLane> lanes = ScanPlan.Rtu("/dev/ttyUSB0", Nothing, Families);
        Assert.Equal(["9600 None", "19200 None", "115200 None", "9600 Even", "19200 Even", "115200 Even"], lanes.Select(Setting));
        Assert.All(lanes, lane => Assert.Equal([1, 2, 3, 247], lane.Units));
    }

    [Fact]
    public void A_thorough_scan_begins_with_the_quick_one_and_asks_nobody_twice()
    {
        IReadOnlyList<ScanLane> lanes = ScanPlan.Rtu("/dev/ttyUSB0", Nothing with { IsThorough = true }, Families);
        Assert.Equal(6 + 21, lanes.Count);
        Assert.Equal([.. Enumerable.Repeat(false, 6), .. Enumerable.Repeat(true, 21)], lanes.Select(lane => lane.IsThorough));
        foreach (IGrouping<string, ScanLane> same in lanes.GroupBy(Setting))
        {
            byte[] units = [.. same.SelectMany(lane => lane.Units)];
            Assert.Equal(Enumerable.Range(1, 247), units.Select(unit => (int)unit).Order());
        }
    }

    [Fact]
    public void Unit_0_is_a_broadcast_on_a_line_and_a_unit_over_TCP()
    {
        Assert.DoesNotContain(ScanPlan.Rtu("/dev/ttyUSB0", Nothing with { Units = [0, 1] }, Families), lane => lane.Units.Contains((byte)0));
        Assert.All(ScanPlan.Tcp(["h"], Nothing with { Units = [0, 1] }, Families), lane => Assert.Equal([0, 1], lane.Units));
    }

    [Fact]
    public void What_a_person_gave_is_all_that_is_asked()
    {
        ScanWishes wishes = new([7], [1502], [4800], [SerialParity.Odd], false);
        ScanLane tcp = Assert.Single(ScanPlan.Tcp(["h"], wishes, Families));
        ScanLane rtu = Assert.Single(ScanPlan.Rtu("/dev/ttyUSB0", wishes, Families));
        Assert.Equal(("tcp://h:1502", "4800 Odd"), (tcp.Endpoint.Bus, Setting(rtu)));
        Assert.Equal([7, 7], [.. tcp.Units, .. rtu.Units]);
    }

    [Fact]
    public void How_long_silence_lasts_at_most_is_known_beforehand()
    {
        ModbusClientOptions options = new() { ResponseTimeout = TimeSpan.FromSeconds(1), RequestGap = TimeSpan.FromMilliseconds(500) };
        ScanLane quick = new(Tcp("tcp://h"), [1, 2], false), thorough = new(Tcp("tcp://h"), [3, 4, 5], true);
        Assert.Equal(TimeSpan.FromSeconds((2 * 2 * 1.5) + (3 * 1.5)), ScanPlan.LongestSilence([quick, thorough], options));
    }

    private static string Setting(ScanLane lane) => lane.Endpoint is ModbusRtuEndpoint rtu ? $"{rtu.BaudRate} {rtu.Parity}" : "";
}
