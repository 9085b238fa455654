using Flip.Edge.Status;

namespace Flip.Edge.Tests.Status;

public sealed class StateTextTests
{
    [Theory]
    [InlineData("waiting", "waiting for the device: silent", "waiting for the device: silent")]
    [InlineData("queued", "waiting for the clock", "queued: waiting for the clock")]
    [InlineData("waiting", "waitingly", "waiting: waitingly")]
    [InlineData("commissioned", null, "commissioned")]
    public void The_state_stands_there_once(string state, string? reason, string expected) => Assert.Equal(expected, StateText.Of(state, reason));
}
