namespace Flip.Edge.Tests.Support;

/// <summary>Flip's clock: it goes with the gateway's monotonic time, and does not jump with its wall clock.</summary>
internal sealed class SteadyClock(TimeProvider gateway) : TimeProvider
{
    private readonly DateTimeOffset _start = gateway.GetUtcNow();
    private readonly long _began = gateway.GetTimestamp();

    public override long TimestampFrequency => gateway.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _start + gateway.GetElapsedTime(_began);

    public override long GetTimestamp() => gateway.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        gateway.CreateTimer(callback, state, dueTime, period);
}
