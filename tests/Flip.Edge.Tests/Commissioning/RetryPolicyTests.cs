using Flip.Edge.Commissioning;

namespace Flip.Edge.Tests.Commissioning;

public sealed class RetryPolicyTests
{
    private static RetryPolicy With(double chance) => new(new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(15)), () => chance);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 16)]
    [InlineData(10, 512)]
    [InlineData(11, 900)]
    [InlineData(1000, 900)]
    [InlineData(int.MaxValue, 900)]
    public void The_window_doubles_up_to_the_cap(int attempts, int seconds)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), With(1).Delay(attempts, null));
    }

    [Fact]
    public void The_wait_is_any_part_of_the_window()
    {
        Assert.Equal(TimeSpan.Zero, With(0).Delay(5, null));
        Assert.Equal(TimeSpan.FromSeconds(4), With(0.25).Delay(5, null));
    }

    [Fact]
    public void A_Retry_After_is_never_undercut_and_the_jitter_comes_on_top()
    {
        Assert.Equal(TimeSpan.FromSeconds(30), With(0).Delay(1, TimeSpan.FromSeconds(30)));
        Assert.Equal(TimeSpan.FromSeconds(38), With(0.5).Delay(5, TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void What_is_left_after_a_restart_is_clamped_whatever_the_clock_did()
    {
        DateTimeOffset now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

        Assert.Equal(TimeSpan.FromSeconds(20), With(1).Remaining(now.AddSeconds(20), now));
        Assert.Equal(TimeSpan.Zero, With(1).Remaining(now.AddYears(-50), now));
        Assert.Equal(TimeSpan.FromMinutes(15), With(1).Remaining(now.AddYears(50), now));
        Assert.Equal(TimeSpan.Zero, With(1).Remaining(null, now));
    }
}
