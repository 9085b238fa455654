using Flip.Edge.Configuration;

namespace Flip.Edge.Commissioning;

/// <summary>
/// What one worker has met since its last success, and the wait that follows from it. Not thread-safe: it belongs to one worker.
/// </summary>
/// <remarks>
/// A 429 proves that the cloud lives and that more ask than it takes, so however many it refuses it takes as many as it can. All that can
/// be lost is the end, when few are left and they sit in long waits. A gateway that has been refused for a minute knows that the crowd is
/// worth at least that minute; waiting again for at most half of what it has waited already, it can be late by no more than half of what
/// the crowd took, however large the crowd was, and needs some ten requests more for each tenfold crowd. See docs/adr/0011.
/// </remarks>
/// <param name="settings">Base and cap.</param>
/// <param name="random">At least 0 and less than 1, uniform.</param>
internal sealed class RetryPace(RetrySettings settings, Func<double> random)
{
    /// <summary>The longest wait of Flip's that is obeyed; what the header's reader lets through.</summary>
    private static readonly TimeSpan LongestAsked = TimeSpan.FromHours(24);

    /// <summary>How far a fleet that starts together is spread; for a crowd, the wait that its first refusal stands for.</summary>
    private readonly TimeSpan _spread = Least(TimeSpan.FromSeconds(30), settings.MaxDelay);

    // Faults in a row, since the last success or refusal.
    private int _faults;

    // How long this gateway has waited in the crowd; null while no crowd was met.
    private TimeSpan? _crowd;

    /// <summary>How long to wait after a try that did not succeed; never less than <paramref name="retryAfter"/>.</summary>
    /// <param name="crowded">Whether the cloud refused for its load alone: it answered 429.</param>
    /// <param name="retryAfter">What the cloud asked for, if anything; 0 to 24 h.</param>
    public TimeSpan Failed(bool crowded, TimeSpan? retryAfter)
    {
        TimeSpan asked = Clamp(retryAfter ?? TimeSpan.Zero);
        _faults = crowded ? 0 : Math.Min(_faults, int.MaxValue - 1) + 1;
        if (crowded) _crowd ??= _spread;
        TimeSpan wait = asked + (Window(asked) * random());

        // More than this changes no window.
        if (_crowd is { } waited) _crowd = Least(waited + wait, settings.MaxDelay * 2);
        return wait;
    }

    /// <summary>After a success: what follows has no history.</summary>
    public void Reset() => (_faults, _crowd) = (0, null);

    /// <summary>
    /// How long to wait before the first try after a start. A power cut may have hit a whole region, whose gateways all start now, so it
    /// is a random part of 30 s. What the tries before the start had met is no longer known to be true, and is left out; only a wait
    /// that Flip itself asked for is finished first.
    /// </summary>
    /// <remarks>
    /// The clock may have jumped since the hint was written. Backwards: the wait is at most 24 h. Forwards: nothing seems left of it, and
    /// one request comes too early, whose 429 sets the wait anew.
    /// </remarks>
    /// <param name="hint">When the next try was due, by the clock before the start; null when it was not written.</param>
    /// <param name="flipAsked">Whether that wait followed from a Retry-After.</param>
    /// <param name="now">The clock now.</param>
    public TimeSpan AfterRestart(DateTimeOffset? hint, bool flipAsked, DateTimeOffset now)
    {
        TimeSpan left = flipAsked && hint is { } due ? Clamp(due - now) : TimeSpan.Zero;
        return left + (_spread * random());
    }

    private TimeSpan Window(TimeSpan asked)
    {
        TimeSpan fault = _faults > 0 ? RetryPolicy.FaultWindow(settings, _faults) : TimeSpan.Zero;
        if (_crowd is not { } waited) return fault;

        // A cloud under load answers 503 or nothing now and then: such a fault must not bring the crowd back into a window of a second.
        TimeSpan crowd = Least((waited + asked) / 2, settings.MaxDelay);
        return fault > crowd ? fault : crowd;
    }

    private static TimeSpan Clamp(TimeSpan asked) => asked < TimeSpan.Zero ? TimeSpan.Zero : Least(asked, LongestAsked);

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
