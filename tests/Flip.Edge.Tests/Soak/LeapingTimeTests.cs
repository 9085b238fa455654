using Flip.Edge.Flapping;

namespace Flip.Edge.Tests.Soak;

public sealed class LeapingTimeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly LeapingTime _time = new();

    [Fact]
    public async Task A_leap_goes_to_the_next_timer_and_no_further()
    {
        long began = _time.GetTimestamp();
        DateTimeOffset at = _time.GetUtcNow();
        Task hour = Task.Delay(TimeSpan.FromHours(1), _time, TestContext.Current.CancellationToken);
        Task day = Task.Delay(TimeSpan.FromDays(1), _time, TestContext.Current.CancellationToken);

        _time.Leap(TimeSpan.FromDays(7));
        await hour.WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.False(day.IsCompleted);
        Assert.InRange(_time.GetElapsedTime(began), TimeSpan.FromHours(1), TimeSpan.FromHours(2));
        Assert.InRange(_time.GetUtcNow() - at, TimeSpan.FromMinutes(59), TimeSpan.FromHours(2));
    }

    [Fact]
    public void A_leap_goes_no_further_than_told()
    {
        using ITimer day = _time.CreateTimer(_ => { }, null, TimeSpan.FromDays(1), Timeout.InfiniteTimeSpan);

        Assert.Equal(TimeSpan.FromMinutes(3), _time.Leap(TimeSpan.FromMinutes(3)));
    }

    [Fact]
    public async Task A_timer_that_repeats_fires_at_each_leap()
    {
        using SemaphoreSlim fired = new(0);
        using ITimer minute = _time.CreateTimer(_ => fired.Release(), null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
        for (int leap = 0; leap < 3; leap++)
        {
            _time.Leap(TimeSpan.FromHours(1));
            Assert.True(await fired.WaitAsync(Patience, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Timers_that_are_over_or_disposed_are_not_counted()
    {
        ITimer kept = _time.CreateTimer(_ => { }, null, TimeSpan.FromDays(1), Timeout.InfiniteTimeSpan);
        Task hour = Task.Delay(TimeSpan.FromHours(1), _time, TestContext.Current.CancellationToken);
        Assert.Equal(2, _time.Timers);

        _time.Leap(TimeSpan.FromHours(1));
        await hour.WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(1, _time.Timers);
        await kept.DisposeAsync();
        Assert.Equal(0, _time.Timers);
    }
}
