using Flip.Edge.Simulator.Hostile;
using static Flip.Edge.Pitfalls.WireRig;

namespace Flip.Edge.Pitfalls.P04_DroppedDuringConnectDelay;

/// <summary>
/// Another model of the vendor whose dongles want a connect delay drops the link during it.
/// <see href="https://github.com/wlcrs/huawei_solar/issues/1436"/>
/// </summary>
public sealed class DroppedDuringConnectDelayTests
{
    [Fact]
    public async Task A_link_that_is_dropped_during_the_delay_is_used_at_once_from_then_on()
    {
        WireBehaviour drops = WireBehaviours.DropsDuringConnectDelay(TimeSpan.FromMilliseconds(300));
        await using WireRig rig = await OnTcpAsync(
            new() { ConnectDelay = TimeSpan.FromMilliseconds(800), ResponseTimeout = TimeSpan.FromSeconds(2) }, drops, Named("closes-often"));
        await rig.ReadRightlyAsync();
        long requests = rig.Client.Counters.Requests;
        Assert.True(rig.Client.Counters.Connects <= 2 + (requests / 2), "the delay was waited for again, and the link lost again");
    }
}
