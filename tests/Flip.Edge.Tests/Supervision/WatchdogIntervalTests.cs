using Flip.Edge.Supervision;

namespace Flip.Edge.Tests.Supervision;

public sealed class WatchdogIntervalTests
{
    private const int Process = 4711;

    [Fact]
    public void A_minute_of_systemd_is_a_look_every_fifteen_seconds()
    {
        WatchdogInterval interval = WatchdogInterval.Of("60000000", "4711", Process);
        Assert.Equal(TimeSpan.FromMinutes(1), interval.Systemd);
        Assert.Equal(TimeSpan.FromSeconds(15), interval.BetweenLooks);
    }

    [Fact]
    public void Meant_for_nobody_in_particular_it_is_meant_for_us() =>
        Assert.NotNull(WatchdogInterval.Of("60000000", null, Process).Systemd);

    [Theory]
    [InlineData("60000000", "4712")]
    [InlineData(null, null)]
    [InlineData("", "4711")]
    [InlineData("0", "4711")]
    [InlineData("-1", "4711")]
    [InlineData("a minute", "4711")]
    [InlineData("18446744073709551615", "4711")]
    public void Anything_else_is_no_watchdog_and_the_watch_looks_all_the_same(string? microseconds, string? forProcess)
    {
        WatchdogInterval interval = WatchdogInterval.Of(microseconds, forProcess, Process);
        Assert.Null(interval.Systemd);
        Assert.Equal(TimeSpan.FromSeconds(15), interval.BetweenLooks);
    }
}
