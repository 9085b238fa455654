namespace Flip.Edge.Flapping;

/// <summary>
/// Time that runs as it does, and is moved on to the next timer when nothing else is going on. What is under way takes its real time;
/// only waits are shortened.
/// </summary>
internal sealed class LeapingTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly HashSet<Timer> _timers = [];
    private long _leapt;

    /// <summary>Timers that have not fired for the last time.</summary>
    public int Timers
    {
        get
        {
            lock (_gate) return _timers.Count;
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => System.GetElapsedTime(0).Ticks + Interlocked.Read(ref _leapt);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + new TimeSpan(Interlocked.Read(ref _leapt));

    /// <summary>Moves on to the next timer, but not further than told.</summary>
    /// <returns>How far.</returns>
    public TimeSpan Leap(TimeSpan most)
    {
        lock (_gate)
        {
            long now = GetTimestamp();
            long next = _timers.Where(timer => timer.Due is not null).Select(timer => timer.Due!.Value - now).DefaultIfEmpty(long.MaxValue).Min();
            long by = Math.Clamp(next, 0, most.Ticks);
            Interlocked.Add(ref _leapt, by);
            foreach (Timer timer in _timers.ToArray()) timer.Arm();
            return new(by);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Timer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer : ITimer
    {
        private readonly LeapingTime _time;
        private readonly ITimer _real;
        private TimeSpan _period;

        public Timer(LeapingTime time, TimerCallback callback, object? state)
        {
            _time = time;
            _real = System.CreateTimer(
                _ =>
                {
                    if (Fires()) callback(state);
                },
                null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        /// <summary>When it fires, as a timestamp; null when it doesn't.</summary>
        public long? Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_time._gate)
            {
                _period = period;
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : _time.GetTimestamp() + dueTime.Ticks;
                if (Due is null) _time._timers.Remove(this);
                else _time._timers.Add(this);
                return Arm();
            }
        }

        public bool Arm()
        {
            if (Due is not { } due) return _real.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            TimeSpan wait = new(Math.Max(0, due - _time.GetTimestamp()));
            // A real timer takes no more than 49 days.
            return _real.Change(wait < TimeSpan.FromDays(30) ? wait : TimeSpan.FromDays(30), Timeout.InfiniteTimeSpan);
        }

        public void Dispose()
        {
            lock (_time._gate) _time._timers.Remove(this);
            _real.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            lock (_time._gate) _time._timers.Remove(this);
            return _real.DisposeAsync();
        }

        private bool Fires()
        {
            lock (_time._gate)
            {
                long now = _time.GetTimestamp();
                if (Due is not { } due) return false;
                if (due > now)
                {
                    Arm();
                    return false;
                }

                Due = _period > TimeSpan.Zero ? now + _period.Ticks : null;
                if (Due is null) _time._timers.Remove(this);
                else Arm();
                return true;
            }
        }
    }
}
