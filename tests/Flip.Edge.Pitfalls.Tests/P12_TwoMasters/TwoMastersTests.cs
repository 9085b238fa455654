using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Probing;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Hostile;
using static Flip.Edge.Pitfalls.WireRig;

namespace Flip.Edge.Pitfalls.P12_TwoMasters;

/// <summary>
/// Two masters, or a chatty gateway, on one RS-485 line. <see href="https://github.com/eModbus/eModbus/issues/336"/>,
/// <see href="https://github.com/0xAHA/Growatt_ModbusTCP/issues/349"/>
/// </summary>
public sealed class TwoMastersTests
{
    [Fact]
    public async Task The_nameplate_is_read_rightly_and_the_other_master_is_reported()
    {
        await using WireRig rig = OnLine(new(), Named("second-master"));
        await rig.ReadRightlyAsync();
        Assert.StartsWith("another master is on the line: ", rig.Client.Counters.AnotherMaster, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HostileWires.Tcp)]
    [InlineData(HostileWires.Rtu)]
    public async Task Replies_of_other_units_are_never_taken_for_ours(HostileWires wire)
    {
        await using WireRig rig = await OnAsync(wire, new(), Named("foreign-frames"));
        await rig.ReadRightlyAsync();
        Assert.Equal(rig.Client.Counters.Requests, rig.Client.Counters.ForeignFrames);
    }

    [Fact]
    public async Task A_nameplate_that_was_read_on_a_line_with_another_master_says_so_and_needs_nobody()
    {
        await using WireRig rig = OnLine(new(), Named("second-master"));
        IdentifiedDevice found = new(rig.Device.Endpoint, ProfileCatalog.Embedded.Find("sunspec")!, 0, "", [], new());
        DeviceReader reader = new((endpoint, options) => ModbusClient.Create(endpoint, options, TimeProvider.System), TimeProvider.System);

        Nameplate nameplate = (await reader.ReadAsync(found, TestContext.Current.CancellationToken)).Nameplate;

        AssertRight(nameplate);
        Assert.Contains(nameplate.Warnings, warning => warning is { Code: "line", NeedsPerson: false }
            && warning.Sentence.StartsWith("another master is on the line", StringComparison.Ordinal));
    }
}
