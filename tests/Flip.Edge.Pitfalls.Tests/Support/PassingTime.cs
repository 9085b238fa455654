namespace Flip.Edge.Pitfalls.Support;

/// <summary>
/// Time in which every pause is over at once and counts, and in which a deadline goes off when so much has been waited: for what both pauses
/// and has a budget.
/// </summary>
internal sealed class PassingTime : TimeProvider
{
    // The longest pause that anything here makes on its own; what is set for later is a deadline.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly List<Deadline> _deadlines = [];

    public TimeSpan Elapsed { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Elapsed.Ticks;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + Elapsed;

    public void Pass(TimeSpan time)
    {
        Elapsed += time;
        foreach (Deadline deadline in _deadlines.Where(deadline => deadline.At <= Elapsed).ToArray())
        {
            _deadlines.Remove(deadline);
            deadline.GoOff();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Deadline deadline = new(this, Elapsed + dueTime, () => callback(state));
        if (dueTime == Timeout.InfiniteTimeSpan) return deadline;
        if (dueTime > LongestPause)
        {
            _deadlines.Add(deadline);
            return deadline;
        }

        Pass(dueTime);
        callback(state);
        return deadline;
    }

    private sealed record Deadline(PassingTime Of, TimeSpan At, Action GoOff) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose() => Of._deadlines.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
