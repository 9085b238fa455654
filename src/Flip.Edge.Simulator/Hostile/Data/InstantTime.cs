namespace Flip.Edge.Simulator.Hostile.Data;

/// <summary>A clock on which every wait is over at once and still counts: for tests and fuzzing of what waits, without waiting.</summary>
public sealed class InstantTime : TimeProvider
{
    private readonly Lock _lock = new();
    private long _ticks;

    /// <summary>How long has been waited since the clock was made.</summary>
    public TimeSpan Elapsed
    {
        get { lock (_lock) return TimeSpan.FromTicks(_ticks); }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Lets time pass, as a request without an answer does.</summary>
    public void Pass(TimeSpan time)
    {
        lock (_lock) _ticks += time.Ticks;
    }

    public override long GetTimestamp() => Elapsed.Ticks;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + Elapsed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            Pass(dueTime);
            callback(state);
        }

        return new PastTimer();
    }

    private sealed class PastTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose()
        {
            // Nothing is held: the timer went off when it was made.
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
