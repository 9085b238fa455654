using Flip.Edge.Leds;

namespace Flip.Edge.Tests.Leds;

public sealed class LedPatternTests
{
    [Fact]
    public void Every_state_has_a_rhythm_of_its_own()
    {
        Assert.Equal(4, Enum.GetValues<LedState>().Select(state => LedPattern.Of(state).Text(1)).Distinct().Count());
        Assert.True(LedPattern.Of(LedState.Commissioned).IsSteady);
        Assert.True(LedPattern.Of(LedState.Waiting).IsBlinking);
        Assert.True(LedPattern.Of(LedState.Working).IsBlinking);
        Assert.False(LedPattern.Of(LedState.Attention).IsBlinking);
    }

    // The pairs without a time are what makes it jump; without them the kernel fades.
    [Fact]
    public void The_kernels_pattern_jumps_from_dark_to_bright()
    {
        Assert.Equal("255 150 255 0 0 150 0 0 255 150 255 0 0 1050 0 0", LedPattern.Of(LedState.Attention).Text(255));
    }
}
