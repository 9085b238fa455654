namespace Flip.Edge.Commissioning;

/// <summary>The waits of one request.</summary>
internal sealed class RetryPace(RetryPolicy policy, Func<double> random, TimeSpan maxDelay)
{
    private int _failures;

    public TimeSpan Failed(bool crowded, TimeSpan? retryAfter) => policy.Delay(++_failures, retryAfter);

    public void Reset() => _failures = 0;

    public TimeSpan AfterRestart(DateTimeOffset? hint, bool flipAsked, DateTimeOffset now) => flipAsked
        ? policy.Remaining(hint, now)
        : random() * (maxDelay < TimeSpan.FromSeconds(30) ? maxDelay : TimeSpan.FromSeconds(30));
}
