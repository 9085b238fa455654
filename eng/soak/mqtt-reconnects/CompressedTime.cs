namespace Flip.Edge.Soak.MqttReconnects;

/// <summary>
/// Time in which the pauses between two connects are over at once, and count, while deadlines run in real time: the broker and the network
/// are real. With a chance of 0.9 no pause is as long as a deadline is.
/// </summary>
internal sealed class CompressedTime : TimeProvider
{
    /// <summary>What the publisher's jitter is drawn as.</summary>
    public const double Chance = 0.9;

    // Those of BrokerConnector, BrokerConnection and BrokerPace: 10 s for an answer, 1.5 s for a goodbye, 1.2 s for a reason, 1 min to be stable.
    private static readonly TimeSpan[] Deadlines = [TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(1.2), TimeSpan.FromMinutes(1)];

    private long _passed;

    /// <summary>How long all pauses were.</summary>
    public TimeSpan Passed => new(Volatile.Read(ref _passed));

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Passed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => System.GetElapsedTime(0).Ticks + Volatile.Read(ref _passed);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == Timeout.InfiniteTimeSpan || Deadlines.Contains(dueTime)) return System.CreateTimer(callback, state, dueTime, period);
        Interlocked.Add(ref _passed, dueTime.Ticks);
        return System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
