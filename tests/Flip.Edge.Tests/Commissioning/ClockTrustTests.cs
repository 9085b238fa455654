using Flip.Edge.Commissioning;
using Flip.Edge.Configuration;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Tests.Commissioning;

public sealed class ClockTrustTests
{
    private static readonly DateTimeOffset Built = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    public void A_time_before_the_build_is_wrong_for_certain(int seconds, bool trusted)
    {
        Assert.Equal(trusted, new ClockTrust(new FakeTimeProvider(Built.AddSeconds(seconds)), Built).IsTrusted);
    }

    [Fact]
    public async Task Waiting_ends_by_itself_once_the_clock_is_set()
    {
        FakeTimeProvider time = new(new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Task wait = new ClockTrust(time, Built).WaitAsync(TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromHours(1));
        Assert.False(wait.IsCompleted);

        time.SetUtcNow(Built.AddHours(1));
        time.Advance(TimeSpan.FromSeconds(10));

        await wait.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(null, true)]
    [InlineData(false, false)]
    public void A_clock_that_is_known_not_to_be_set_may_send_but_not_date(bool? synchronized, bool mayDate)
    {
        ClockTrust clock = new(new FakeTimeProvider(Built.AddDays(40)), Built, () => synchronized);

        Assert.True(clock.IsTrusted);
        Assert.Equal(synchronized, clock.IsSynchronized);
        Assert.Equal(mayDate, clock.MayDate);
    }

    [Fact]
    public void A_clock_that_is_taken_as_it_is_may_date_but_not_before_the_build()
    {
        Assert.True(new ClockTrust(new FakeTimeProvider(Built), Built, () => false, ClockRule.AsSet).MayDate);
        Assert.False(new ClockTrust(new FakeTimeProvider(Built.AddSeconds(-1)), Built, () => true, ClockRule.AsSet).MayDate);
    }

    [Fact]
    public async Task Waiting_for_a_date_ends_by_itself_once_the_clock_is_synchronised()
    {
        bool? synchronized = false;
        FakeTimeProvider time = new(Built.AddDays(40));
        Task wait = new ClockTrust(time, Built, () => synchronized).WaitForDateAsync(TestContext.Current.CancellationToken);
        await AdvanceAsync(time, TimeSpan.FromHours(1));
        Assert.False(wait.IsCompleted);

        synchronized = true;

        await ComesAsync(time, wait);
    }

    [Theory]
    [InlineData(-30)]
    [InlineData(30)]
    public async Task A_clock_that_jumps_by_years_neither_hurries_nor_stalls_the_wait(int years)
    {
        bool? synchronized = false;
        FakeTimeProvider time = new(Built.AddYears(40));
        Task wait = new ClockTrust(time, Built, () => synchronized).WaitForDateAsync(TestContext.Current.CancellationToken);
        time.AdjustTime(time.GetUtcNow().AddYears(years));

        // The jump alone is no reason to look: 5 s of monotonic time are.
        synchronized = true;
        time.Advance(TimeSpan.FromSeconds(4.9));
        await Task.Yield();
        Assert.False(wait.IsCompleted);

        time.Advance(TimeSpan.FromSeconds(0.1));
        await wait.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_clock_that_jumps_back_to_before_the_build_while_it_is_waited_for_is_waited_for_on()
    {
        bool? synchronized = false;
        FakeTimeProvider time = new(Built.AddDays(40));
        Task wait = new ClockTrust(time, Built, () => synchronized).WaitForDateAsync(TestContext.Current.CancellationToken);
        time.AdjustTime(new(1970, 1, 1, 0, 0, 0, TimeSpan.Zero));
        synchronized = true;
        await AdvanceAsync(time, TimeSpan.FromMinutes(1));
        Assert.False(wait.IsCompleted);

        time.AdjustTime(Built.AddDays(41));

        await ComesAsync(time, wait);
    }

    [Fact]
    public void The_build_knows_its_day()
    {
        Assert.InRange(ClockTrust.BuildDate(), new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), TimeProvider.System.GetUtcNow());
    }

    private static async Task AdvanceAsync(FakeTimeProvider time, TimeSpan span)
    {
        for (TimeSpan done = TimeSpan.Zero; done < span; done += TimeSpan.FromSeconds(5))
        {
            time.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }
    }

    // The look that the last step woke may not have armed its next wait yet: one more step would then be missed.
    private static async Task ComesAsync(FakeTimeProvider time, Task wait)
    {
        for (int step = 0; step < 500 && !wait.IsCompleted; step++)
        {
            time.Advance(TimeSpan.FromSeconds(5));
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        Assert.True(wait.IsCompletedSuccessfully);
    }
}
