using Flip.Edge.Supervision;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Tests.Supervision;

public sealed class WatchTests : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));
    private readonly RecordedSystemd _systemd = new();
    private readonly LogLines<Watch> _log = new();
    private readonly StepBoard _board;
    private readonly Queue<Action> _pool = new();
    private readonly List<Watch> _watches = [];
    private bool _isPoolBlocked;

    public WatchTests() => _board = new(_time);

    [Fact]
    public void The_watchdog_is_fed_at_each_look_while_every_worker_gets_on()
    {
        Watch watch = Make();
        using Step worker = _board.Begin("commissioning", Bound);
        using Step wait = worker.Begin("waiting for a trigger", null);
        for (int look = 0; look < 10; look++) Assert.True(Look(watch));
        Assert.Equal(Enumerable.Repeat("WATCHDOG=1", 10), _systemd.Told);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public void A_worker_that_hangs_starves_it_and_is_named_once_with_what_it_was_at_and_since_when()
    {
        Watch watch = Make();
        using Step worker = _board.Begin("devices", Bound);
        using Step read = worker.Begin("reading 2 holding registers from 40000 of unit 1 at tcp://10.0.0.7", Bound);
        // At 75 s it is seen to be late, at 90 s it still is.
        while (_systemd.Told.Count < 5) Assert.True(Look(watch));
        for (int look = 0; look < 5; look++) Assert.False(Look(watch));
        Assert.Equal(5, _systemd.Told.Count);
        Assert.Equal(
            "Hangs: devices > reading 2 holding registers from 40000 of unit 1 at tcp://10.0.0.7, for 90 s, since 2026-11-23T03:00:00.0000000+00:00; "
            + "60 s are its bound. The watchdog is not fed any more; if this stays so, systemd ends the daemon within 60 s and starts it again",
            Assert.Single(_log.Lines, line => line.Id == 10).Line);
    }

    [Fact]
    public void With_it_the_log_has_what_the_kernel_says_of_each_thread()
    {
        Watch watch = Make();
        using Step worker = _board.Begin("devices", Bound);
        UntilItHangs(watch);

        Assert.Contains(_log.Lines, line => line.Id == 11 && line.Line.Contains($" (.NET ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_hang_that_ends_by_itself_is_said_and_the_watchdog_is_fed_again()
    {
        Watch watch = Make();
        Step worker = _board.Begin("storage", Bound);
        Step write = worker.Begin("a write to the database", Bound);
        UntilItHangs(watch);

        int fed = _systemd.Told.Count;
        write.Dispose();
        Assert.True(Look(watch));
        Assert.Equal(fed + 1, _systemd.Told.Count);
        Assert.Equal("Goes on, and had hung since 2026-11-23T03:00:00.0000000+00:00: storage > a write to the database", Assert.Single(_log.Lines, line => line.Id == 14).Line);
    }

    [Fact]
    public void A_machine_that_was_suspended_hangs_nowhere()
    {
        Watch watch = Make();
        using Step worker = _board.Begin("devices", Bound);
        Step read = worker.Begin("reading 2 holding registers", Bound);
        _time.Advance(TimeSpan.FromHours(8));
        Assert.True(Look(watch));
        read.Dispose();
        Assert.True(Look(watch));
        Assert.Equal((18, "The whole process stood still for 28800 s: it was stopped, or its machine was suspended or far too busy. It goes on, and no worker is taken for hung for that time"), Assert.Single(_log.Lines));
    }

    [Fact]
    public void After_SIGSTOP_and_SIGCONT_a_worker_has_what_was_left_of_its_bound()
    {
        Watch watch = Make();
        using Step worker = _board.Begin("commissioning", Bound);
        Step write = worker.Begin("a write to the database", Bound);
        Assert.True(Look(watch));
        _time.Advance(TimeSpan.FromMinutes(5));
        // 15 s before the stop, and 45 s after it: at its bound, and not over it.
        for (int look = 0; look < 3; look++) Assert.True(Look(watch));
        write.Dispose();
        for (int look = 0; look < 3; look++) Assert.True(Look(watch));

        Assert.Equal([18], _log.Lines.Select(line => line.Id));
        Assert.Equal(Enumerable.Repeat("WATCHDOG=1", 7), _systemd.Told);
    }

    [Fact]
    public void Who_hangs_after_it_is_found_as_soon_as_its_bound_is_over()
    {
        Watch watch = Make();
        using Step worker = _board.Begin("devices", Bound);
        using Step read = worker.Begin("reading 2 holding registers", Bound);
        _time.Advance(TimeSpan.FromMinutes(5));
        int fed = 0;
        for (; Look(watch); fed++) Assert.True(fed < 10);

        // Late at 75 s, and still so at 90 s, by the time that it had.
        Assert.Equal(5, fed);
        Assert.StartsWith("Hangs: devices > reading 2 holding registers, for 90 s, ", Assert.Single(_log.Lines, line => line.Id == 10).Line, StringComparison.Ordinal);
    }

    [Fact]
    public void What_got_on_after_the_stop_and_before_the_look_is_not_put_into_the_future()
    {
        Watch watch = Make();
        using Step worker = _board.Begin("devices", Bound);
        _time.Advance(TimeSpan.FromMinutes(5));
        using Step read = worker.Begin("reading 2 holding registers", Bound);
        int fed = 0;
        for (; Look(watch); fed++) Assert.True(fed < 10);

        // Its time counts from the first look after the stop on, and not from minutes later.
        Assert.Equal(6, fed);
        Assert.StartsWith("Hangs: devices > reading 2 holding registers, for 90 s, ", Assert.Single(_log.Lines, line => line.Id == 10).Line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_thread_pool_that_runs_nothing_any_more_starves_it()
    {
        Watch watch = Make();
        _isPoolBlocked = true;
        UntilItHangs(watch);

        Assert.StartsWith("Hangs: thread pool, for ", Assert.Single(_log.Lines, line => line.Id == 10).Line, StringComparison.Ordinal);
        _isPoolBlocked = false;
        while (_pool.TryDequeue(out Action? late)) late();
        Assert.True(Look(watch));
    }

    [Fact]
    public void Without_a_watchdog_a_hang_is_said_and_nobody_is_told_that_all_is_well()
    {
        Watch watch = Make(new WatchdogInterval((TimeSpan?)null));
        Assert.True(Look(watch));
        using Step worker = _board.Begin("devices", Bound);
        UntilItHangs(watch);

        Assert.Empty(_systemd.Told);
        Assert.Contains("There is no watchdog here that would start the daemon again", Assert.Single(_log.Lines, line => line.Id == 10).Line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_looks_on_a_thread_of_its_own_as_often_as_systemd_asks()
    {
        Watch watch = Make(new(TimeSpan.FromMilliseconds(200)));
        await watch.StartAsync(TestContext.Current.CancellationToken);
        await FaultRig.UntilAsync(() => _systemd.Told.Count >= 3);
        await watch.StopAsync(TestContext.Current.CancellationToken);
        // The others may take their time to stop, and are watched meanwhile.
        int fed = _systemd.Told.Count;
        await FaultRig.UntilAsync(() => _systemd.Told.Count > fed);
    }

    public void Dispose()
    {
        foreach (Watch watch in _watches) watch.Dispose();
    }

    private Watch Make(WatchdogInterval? interval = null)
    {
        Watch watch = new(_board, _systemd.Notices(_time), interval ?? new(TimeSpan.FromSeconds(60)), new ThreadPoolTick(_board, Queue), _time, _log);
        _watches.Add(watch);
        return watch;
    }

    private bool Look(Watch watch)
    {
        Assert.True(_log.Lines.Count < 200);
        _time.Advance(Interval);
        return watch.Look();
    }

    private void UntilItHangs(Watch watch)
    {
        while (Look(watch))
        {
        }
    }

    private void Queue(Action work)
    {
        if (_isPoolBlocked) _pool.Enqueue(work);
        else work();
    }
}
