using static Flip.Edge.Pitfalls.WireRig;

namespace Flip.Edge.Pitfalls.P08_TransactionIdNotEchoed;

/// <summary>Some gateways never echo the transaction id. <see href="https://github.com/kellerza/sunsynk/issues/680"/></summary>
public sealed class TransactionIdNotEchoedTests
{
    [Fact]
    public async Task It_is_found_out_and_ends_in_the_right_nameplate()
    {
        await using WireRig rig = await OnTcpAsync(null, Named("transaction-id-zero"));
        await rig.ReadRightlyAsync();
        Assert.True(rig.Client.Counters.IgnoresTransactionId);
        Assert.Equal(1, rig.Client.Counters.Timeouts);
    }

    [Fact]
    public async Task Known_from_the_profile_it_costs_nothing()
    {
        await using WireRig rig = await OnTcpAsync(new() { IgnoreTransactionId = true }, Named("transaction-id-zero"));
        await rig.ReadRightlyAsync();
        Assert.Equal(0, rig.Client.Counters.Timeouts);
    }
}
