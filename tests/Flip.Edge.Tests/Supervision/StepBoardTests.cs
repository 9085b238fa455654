using Flip.Edge.Supervision;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Tests.Supervision;

public sealed class StepBoardTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);
    private readonly FakeTimeProvider _time = new();
    private readonly StepBoard _board;

    public StepBoardTests() => _board = new(_time);

    [Fact]
    public void A_step_that_takes_longer_than_its_bound_is_named_with_those_around_it()
    {
        using Step worker = _board.Begin("devices", Bound);
        using IDisposable? device = Progress.Doing("device battery-1", Bound);
        using IDisposable? read = Progress.Doing("reading 2 registers", Bound);
        DateTimeOffset began = _time.GetUtcNow();
        _time.Advance(Bound);
        Assert.Empty(_board.Overdue());
        _time.Advance(TimeSpan.FromSeconds(1));
        Overdue late = Assert.Single(_board.Overdue());
        Assert.Equal("devices > device battery-1 > reading 2 registers", late.Step.ToString());
        Assert.Equal(began, late.Since);
        Assert.Equal(TimeSpan.FromSeconds(11), late.For);
    }

    [Fact]
    public void A_wait_may_take_for_ever()
    {
        using Step worker = _board.Begin("daily reading", Bound);
        using IDisposable? wait = Progress.Waiting("for tomorrow");
        _time.Advance(TimeSpan.FromDays(30));
        Assert.Empty(_board.Overdue());
    }

    [Fact]
    public void After_a_wait_the_bound_begins_anew()
    {
        using Step worker = _board.Begin("daily reading", Bound);
        using (Progress.Waiting("for tomorrow")) _time.Advance(TimeSpan.FromDays(1));
        _time.Advance(Bound);
        Assert.Empty(_board.Overdue());
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("daily reading", Assert.Single(_board.Overdue()).Step.ToString());
    }

    [Fact]
    public void A_device_that_is_dead_is_progress_because_every_time_out_ends_a_step()
    {
        using Step worker = _board.Begin("devices", Bound);
        for (int read = 0; read < 100; read++)
        {
            using IDisposable? one = Progress.Doing("reading 2 registers", Bound);
            _time.Advance(TimeSpan.FromSeconds(5));
            Assert.Empty(_board.Overdue());
        }
    }

    [Fact]
    public void Of_two_that_go_on_side_by_side_the_one_that_hangs_is_seen()
    {
        using Step worker = _board.Begin("devices", Bound);
        using Step one = worker.Begin("device battery-1", Bound);
        using Step other = worker.Begin("device battery-2", Bound);
        for (int read = 0; read < 3; read++)
        {
            using Step alive = other.Begin("reading 2 registers", Bound);
            _time.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Equal("devices > device battery-1", Assert.Single(_board.Overdue()).Step.ToString());
    }

    [Fact]
    public async Task What_a_worker_is_at_follows_its_calls_and_tasks()
    {
        using Step worker = _board.Begin("enrollment", Bound);
        using IDisposable? asking = Progress.Doing("asking Flip", Bound);
        await Task.Run(
            async () =>
            {
                await Task.Yield();
                using IDisposable? look = Progress.Doing("a look into the database", Bound);
                Assert.Equal(["enrollment > asking Flip > a look into the database"], _board.Innermost());
            },
            TestContext.Current.CancellationToken);
        Assert.Equal(["enrollment > asking Flip"], _board.Innermost());
    }

    [Fact]
    public void Where_nobody_watches_a_step_is_nothing()
    {
        Assert.Null(Progress.Doing("reading 2 registers"));
        Assert.Null(Progress.Waiting("for the clock"));
    }

    [Fact]
    public void What_has_ended_is_forgotten_and_ends_only_once()
    {
        Step worker = _board.Begin("devices", Bound);
        Step read = worker.Begin("reading 2 registers", Bound);
        read.Dispose();
        read.Dispose();
        Assert.Equal(["devices"], _board.Innermost());
        worker.Dispose();
        Assert.Equal(0, _board.Count);
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Empty(_board.Overdue());
    }

    [Fact]
    public async Task A_worker_has_begun_with_its_first_step_or_its_end()
    {
        using Step worker = _board.Begin("devices", Bound);
        Assert.False(worker.HasBegun.IsCompleted);
        using Step read = worker.Begin("reading 2 registers", Bound);
        await worker.HasBegun.WaitAsync(TestContext.Current.CancellationToken);
        Step other = _board.Begin("broker", Bound);
        other.Dispose();
        await other.HasBegun.WaitAsync(TestContext.Current.CancellationToken);
    }
}
