using Flip.Edge.Configuration;

namespace Flip.Edge.Commissioning;

/// <summary>
/// How long to wait between tries; on paper and by simulation in <c>docs/retry.md</c>. A fault is answered by full jitter: a uniformly
/// random part of a window that doubles from the base to the cap
/// (aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter), so that a fleet that comes back together does not stay together.
/// A Retry-After is waited out first, and the random part added to it. What a crowd is answered by is in <see cref="RetryPace"/>.
/// </summary>
/// <param name="settings">Base and cap.</param>
/// <param name="random">At least 0 and less than 1, uniform.</param>
internal sealed class RetryPolicy(RetrySettings settings, Func<double> random)
{
    /// <summary>A history of its own for one worker that asks Flip for something.</summary>
    public RetryPace NewPace() => new(settings, random);

    /// <summary>The window after this many faults in a row, at least 1.</summary>
    internal static TimeSpan FaultWindow(RetrySettings settings, int faults)
    {
        // 2^40 seconds is far above any cap, and far from an overflow.
        double window = settings.BaseDelay.TotalSeconds * Math.Pow(2, Math.Clamp(faults - 1, 0, 40));
        return TimeSpan.FromSeconds(Math.Min(window, settings.MaxDelay.TotalSeconds));
    }
}
