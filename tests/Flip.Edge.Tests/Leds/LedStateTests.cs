using Flip.Edge.Commissioning;
using Flip.Edge.Leds;
using Flip.Edge.Storage;

namespace Flip.Edge.Tests.Leds;

public sealed class LedStateTests
{
    private static readonly StorageHealth Sound = new(null, null, null);
    private static readonly CredentialStatus Ready = new("token", null);

    [Theory]
    [InlineData(CommissioningState.Waiting, "trigger", LedState.Waiting)]
    [InlineData(CommissioningState.Waiting, "device", LedState.Waiting)]
    [InlineData(CommissioningState.Waiting, "clock", LedState.Waiting)]
    [InlineData(CommissioningState.Waiting, "requested", LedState.Working)]
    [InlineData(CommissioningState.Reading, "reading", LedState.Working)]
    [InlineData(CommissioningState.Queued, "transient", LedState.Working)]
    [InlineData(CommissioningState.Queued, "clock", LedState.Working)]
    [InlineData(CommissioningState.Sending, "reconciling", LedState.Working)]
    [InlineData(CommissioningState.Commissioned, "", LedState.Commissioned)]
    [InlineData(CommissioningState.Attention, "nameplate", LedState.Attention)]
    public void Each_state_is_one_of_four(object state, string reason, object shown)
    {
        Assert.Equal(shown, LedStates.Of(Record((CommissioningState)state, reason), Sound, Ready));
    }

    [Theory]
    [InlineData(CommissioningState.Waiting)]
    [InlineData(CommissioningState.Commissioned)]
    public void A_disk_that_can_not_be_written_needs_a_person_whatever_the_state_is(object state)
    {
        StorageHealth failing = new("the disk is full", DateTimeOffset.UnixEpoch, null);

        Assert.Equal(LedState.Attention, LedStates.Of(Record((CommissioningState)state, "trigger"), failing, Ready));
    }

    [Theory]
    [InlineData(CommissioningState.Waiting, LedState.Attention)]
    [InlineData(CommissioningState.Queued, LedState.Attention)]
    [InlineData(CommissioningState.Commissioned, LedState.Commissioned)]
    public void A_missing_credential_needs_a_person_until_the_site_is_commissioned(object state, object shown) =>
        Assert.Equal(shown, LedStates.Of(Record((CommissioningState)state, "trigger"), Sound, new("token", "there is none")));

    private static CommissioningRecord Record(CommissioningState state, string reason) => new(state, new(reason, ""), default, null, null, null);
}
