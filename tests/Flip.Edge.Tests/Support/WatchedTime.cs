using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Tests.Support;

/// <summary>
/// Fake time that tells which waits were begun: time that passes before a wait has begun does not count for it, and a busy machine takes
/// a while to get there.
/// </summary>
internal sealed class WatchedTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly ConcurrentQueue<TimeSpan> _waits = new();
    private long _jumped;

    /// <summary>How many waits were begun.</summary>
    public int Begun => _waits.Count;

    /// <summary>Sets the wall clock. Monotonic time stays as it is, which <see cref="FakeTimeProvider.AdjustTime"/> holds to for timers alone.</summary>
    public void Jump(DateTimeOffset now)
    {
        _jumped += (now - GetUtcNow()).Ticks;
        AdjustTime(now);
    }

    // A tick of this clock is a tick of TimeSpan.
    public override long GetTimestamp() => base.GetTimestamp() - _jumped;

    /// <summary>Returns once a wait of this length is under way.</summary>
    /// <param name="least">Its least length.</param>
    /// <param name="most">Its greatest; null when it is exactly the least.</param>
    /// <param name="since">What <see cref="Begun"/> was before; earlier waits do not count.</param>
    public Task WaitsAsync(TimeSpan least, TimeSpan? most = null, int since = 0) =>
        FaultRig.UntilAsync(() => _waits.Skip(since).Any(wait => wait >= least && wait <= (most ?? least)));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        _waits.Enqueue(dueTime);
        return timer;
    }
}
