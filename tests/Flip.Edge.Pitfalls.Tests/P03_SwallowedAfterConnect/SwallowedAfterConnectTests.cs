using Flip.Edge.Simulator.Hostile;
using static Flip.Edge.Pitfalls.WireRig;

namespace Flip.Edge.Pitfalls.P03_SwallowedAfterConnect;

/// <summary>
/// A dongle swallows what is sent within 1 to 5 s after the connection. <see href="https://github.com/openhab/openhab-core/issues/2926"/>,
/// <see href="https://github.com/grid-x/modbus/pull/44"/>, <see href="https://github.com/ioBroker/ioBroker.modbus/issues/250"/>
/// </summary>
public sealed class SwallowedAfterConnectTests
{
    [Fact]
    public async Task With_a_connect_delay_nothing_is_lost()
    {
        WireBehaviour silent = WireBehaviours.SilentAfterConnect(TimeSpan.FromMilliseconds(300));
        await using WireRig rig = await OnTcpAsync(new() { ConnectDelay = TimeSpan.FromMilliseconds(400) }, silent);
        await rig.ReadRightlyAsync();
        Assert.Equal(0, rig.Client.Counters.Timeouts);
    }

    [Fact]
    public async Task Without_one_the_first_request_is_lost_and_the_nameplate_is_read_all_the_same()
    {
        WireBehaviour silent = WireBehaviours.SilentAfterConnect(TimeSpan.FromMilliseconds(200));
        await using WireRig rig = await OnTcpAsync(null, silent);
        await rig.ReadRightlyAsync();
        Assert.Equal(1, rig.Client.Counters.Connects);
    }
}
