namespace Flip.Edge.Devices.Tests;

/// <summary>Time in which every wait is over at once and counts as waited: a device that needs pauses is read without them.</summary>
internal sealed class HurriedTime : TimeProvider
{
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public override DateTimeOffset GetUtcNow() => new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime > TimeSpan.Zero) Interlocked.Add(ref _ticks, dueTime.Ticks);
        TimeSpan due = dueTime == Timeout.InfiniteTimeSpan ? dueTime : TimeSpan.Zero;
        return TimeProvider.System.CreateTimer(callback, state, due, Timeout.InfiniteTimeSpan);
    }
}
