using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Modbus.Tests.Client;

public sealed class DeadlineTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly Deadline _deadline;

    public DeadlineTests() => _deadline = new Deadline(_time);

    public void Dispose() => _deadline.Dispose();

    [Fact]
    public void A_wait_ends_when_its_time_is_over()
    {
        CancellationToken wait = _deadline.Start(TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(0.999));
        Assert.False(wait.IsCancellationRequested);
        _time.Advance(TimeSpan.FromSeconds(0.001));
        Assert.True(wait.IsCancellationRequested);
        Assert.True(_deadline.IsOver);
    }

    [Fact]
    public void A_wait_without_end_outlasts_the_timer_of_the_one_before()
    {
        _deadline.Start(TimeSpan.FromSeconds(1));
        CancellationToken wait = _deadline.Start(Timeout.InfiniteTimeSpan);
        _time.Advance(TimeSpan.FromDays(100));
        Assert.False(wait.IsCancellationRequested);
    }

    [Fact]
    public void A_shorter_wait_after_a_longer_one_ends_in_time()
    {
        _deadline.Start(TimeSpan.FromHours(5));
        _deadline.Stop();
        CancellationToken wait = _deadline.Start(TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(wait.IsCancellationRequested);
    }

    [Fact]
    public void A_longer_wait_after_a_shorter_one_is_waited_for_in_full()
    {
        _deadline.Start(TimeSpan.FromSeconds(1));
        _deadline.Stop();
        CancellationToken wait = _deadline.Start(TimeSpan.FromDays(100));
        _time.Advance(TimeSpan.FromDays(99));
        Assert.False(wait.IsCancellationRequested);
        _time.Advance(TimeSpan.FromDays(1));
        Assert.True(wait.IsCancellationRequested);
    }

    [Fact]
    public void A_stopped_wait_does_not_end()
    {
        CancellationToken wait = _deadline.Start(TimeSpan.FromSeconds(1));
        _deadline.Stop();
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(wait.IsCancellationRequested);
    }

    [Fact]
    public void A_wait_that_was_given_up_is_not_over_and_the_next_starts_afresh()
    {
        CancellationToken first = _deadline.Start(TimeSpan.FromSeconds(1));
        _deadline.Cancel();
        Assert.True(first.IsCancellationRequested);
        Assert.False(_deadline.IsOver);
        Assert.False(_deadline.Start(TimeSpan.FromSeconds(1)).IsCancellationRequested);
    }
}
