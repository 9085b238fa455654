using Flip.Edge.Commissioning;
using Flip.Edge.Configuration;

namespace Flip.Edge.Tests.Commissioning;

public sealed class RetryPaceTests
{
    private static readonly RetrySettings Settings = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(15));
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private static RetryPace With(double chance, RetrySettings? settings = null) => new RetryPolicy(settings ?? Settings, () => chance).NewPace();

    private static double[] Waits(RetryPace pace, int count, bool crowded, TimeSpan? retryAfter = null) =>
        [.. Enumerable.Range(0, count).Select(_ => pace.Failed(crowded, retryAfter).TotalSeconds)];

    [Fact]
    public void After_faults_the_window_doubles_up_to_the_cap()
    {
        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900], Waits(With(1), 12, crowded: false));
        Assert.Equal([0.25, 0.5, 1, 2], Waits(With(0.25), 4, crowded: false));
    }

    [Fact]
    public void In_a_crowd_the_window_is_half_of_what_was_waited_and_a_first_refusal_stands_for_30_seconds()
    {
        // 30 s, then 45, 67.5 and 101.25 s.
        Assert.Equal([15, 22.5, 33.75, 50.625], Waits(With(1), 4, crowded: true));
        Assert.Equal([7.5, 9.375, 11.71875], Waits(With(0.5), 3, crowded: true));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(0.999)]
    public void No_gateway_in_a_crowd_waits_longer_than_half_of_what_it_has_waited_or_than_the_cap(double chance)
    {
        RetryPace pace = With(chance);
        double waited = 30;
        for (int refusal = 0; refusal < 200; refusal++)
        {
            double wait = pace.Failed(crowded: true, retryAfter: null).TotalSeconds;
            Assert.InRange(wait, 0, Math.Min(waited / 2, 900));
            waited += wait;
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_Retry_After_is_never_undercut_and_the_random_part_comes_on_top(bool crowded)
    {
        Assert.Equal([600, 600, 600], Waits(With(0), 3, crowded, TimeSpan.FromMinutes(10)));
        Assert.All(Waits(With(0.5), 50, crowded, TimeSpan.FromMinutes(10)), wait => Assert.InRange(wait, 600.1, 1050));
    }

    [Fact]
    public void All_who_are_told_the_same_Retry_After_come_back_spread_over_half_of_it()
    {
        // (30 s + 60 s) / 2
        Assert.Equal([105], Waits(With(1), 1, crowded: true, TimeSpan.FromSeconds(60)));
        Assert.Equal([60], Waits(With(0), 1, crowded: true, TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public void A_Retry_After_in_the_past_is_none_and_one_beyond_a_day_is_a_day()
    {
        Assert.Equal([0], Waits(With(0), 1, crowded: true, TimeSpan.FromSeconds(-5)));
        Assert.Equal([86_400], Waits(With(0), 1, crowded: true, TimeSpan.MaxValue));
        Assert.Equal([87_300], Waits(With(1), 1, crowded: true, TimeSpan.MaxValue));
    }

    [Fact]
    public void A_429_after_an_outage_ends_the_long_windows_of_the_outage()
    {
        RetryPace pace = With(1);
        Waits(pace, 20, crowded: false);

        Assert.Equal([15], Waits(pace, 1, crowded: true));
    }

    [Fact]
    public void A_fault_in_a_crowd_is_spread_no_less_than_the_crowd()
    {
        RetryPace pace = With(1);
        Waits(pace, 1, crowded: true);

        // Faults alone would begin at 1 s again; they double past the crowd's window in time.
        Assert.Equal([22.5, 33.75, 50.625], Waits(pace, 3, crowded: false));
        Assert.All(Waits(pace, 20, crowded: false), wait => Assert.InRange(wait, 50, 900));
    }

    [Fact]
    public void A_success_ends_the_history()
    {
        RetryPace pace = With(1);
        Waits(pace, 9, crowded: false);
        Waits(pace, 9, crowded: true);
        pace.Reset();

        Assert.Equal([1, 2], Waits(pace, 2, crowded: false));
        pace.Reset();
        Assert.Equal([15], Waits(pace, 1, crowded: true));
    }

    [Fact]
    public void Pressing_for_ever_in_a_crowd_overflows_nothing()
    {
        RetryPace pace = With(1);
        Assert.All(Waits(pace, 100_000, crowded: true, TimeSpan.MaxValue).Skip(1), wait => Assert.Equal(87_300, wait));
    }

    [Fact]
    public void A_short_cap_bounds_the_crowd_and_the_start_as_well()
    {
        RetryPace pace = With(1, new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1)));

        Assert.Equal(1, pace.AfterRestart(null, flipAsked: false, Now).TotalSeconds);
        Assert.All(Waits(pace, 20, crowded: true), wait => Assert.InRange(wait, 0.5, 1));
    }

    [Fact]
    public void After_a_restart_the_region_is_spread_over_30_seconds_whatever_its_tries_had_met()
    {
        Assert.Equal(0, With(0).AfterRestart(null, flipAsked: false, Now).TotalSeconds);
        Assert.Equal(15, With(0.5).AfterRestart(null, flipAsked: false, Now).TotalSeconds);
        Assert.Equal(15, With(0.5).AfterRestart(Now.AddMinutes(14), flipAsked: false, Now).TotalSeconds);
    }

    [Fact]
    public void What_Flip_asked_for_is_finished_first_after_a_restart()
    {
        Assert.Equal(600, With(0).AfterRestart(Now.AddMinutes(10), flipAsked: true, Now).TotalSeconds);
        Assert.Equal(615, With(0.5).AfterRestart(Now.AddMinutes(10), flipAsked: true, Now).TotalSeconds);
        Assert.Equal(15, With(0.5).AfterRestart(Now.AddMinutes(-10), flipAsked: true, Now).TotalSeconds);
        Assert.Equal(15, With(0.5).AfterRestart(null, flipAsked: true, Now).TotalSeconds);
    }

    [Theory]
    [InlineData(30, 86_400)]
    [InlineData(-30, 0)]
    [InlineData(-2025, 0)]
    [InlineData(7000, 86_400)]
    public void A_clock_that_jumped_by_years_since_neither_stalls_the_gateway_nor_spoils_the_spread(int years, double least)
    {
        Assert.Equal(least + 15, With(0.5).AfterRestart(Now.AddYears(years), flipAsked: true, Now).TotalSeconds);
        Assert.Equal(15, With(0.5).AfterRestart(Now.AddYears(years), flipAsked: false, Now).TotalSeconds);
    }
}
