using Flip.Edge.Configuration;

namespace Flip.Edge.Fleet;

/// <summary>
/// Full jitter for whatever went wrong, in a window that doubles up to a cap; with a cap for 429 of its own. With one cap for both and
/// no spread at start it is what Flip.Edge 0.1.0 did.
/// </summary>
internal sealed class FullJitter(RetrySettings settings, TimeSpan crowdCap, TimeSpan spread, Func<double> random) : IPacing
{
    private int _failures;

    public TimeSpan Start() => spread * random();

    public TimeSpan Failed(bool crowded, TimeSpan? retryAfter)
    {
        double window = settings.BaseDelay.TotalSeconds * Math.Pow(2, Math.Min(_failures++, 40));
        double cap = (crowded ? crowdCap : settings.MaxDelay).TotalSeconds;
        return (retryAfter ?? TimeSpan.Zero) + TimeSpan.FromSeconds(Math.Min(window, cap) * random());
    }

    public void Succeeded() => _failures = 0;
}

/// <summary>
/// Sawtooth: windows of 1; 2, 1; 4, 2, 1; … base delays, and a random part of each. On a channel where a collision costs a slot it is
/// near the best (Bender and others, "Adversarial contention resolution for simple channels", doi.org/10.1145/1073970.1074023); here
/// the small windows only add refusals.
/// </summary>
internal sealed class Sawtooth(RetrySettings settings, TimeSpan spread, Func<double> random) : IPacing
{
    private int _top;
    private int _now;

    public TimeSpan Start() => spread * random();

    public TimeSpan Failed(bool crowded, TimeSpan? retryAfter)
    {
        double window = settings.BaseDelay.TotalSeconds * Math.Pow(2, Math.Min(_now, 40));
        if (_now-- == 0) _now = ++_top;
        return (retryAfter ?? TimeSpan.Zero) + TimeSpan.FromSeconds(Math.Min(window, settings.MaxDelay.TotalSeconds) * random());
    }

    public void Succeeded() => _top = _now = 0;
}
