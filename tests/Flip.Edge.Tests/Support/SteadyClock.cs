using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Tests.Support;

/// <summary>Flip's clock: it goes with the gateway's monotonic time, and does not jump with its wall clock.</summary>
internal sealed class SteadyClock(FakeTimeProvider gateway) : TimeProvider
{
    private readonly DateTimeOffset _start = gateway.GetUtcNow();
    private readonly long _began = gateway.GetTimestamp();
    private int _timers;

    /// <summary>How many waits were begun by this clock.</summary>
    public int Timers => Volatile.Read(ref _timers);

    public override long TimestampFrequency => gateway.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _start + gateway.GetElapsedTime(_began);

    public override long GetTimestamp() => gateway.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = gateway.CreateTimer(callback, state, dueTime, period);
        Interlocked.Increment(ref _timers);
        return timer;
    }
}
