namespace Flip.Edge.Flapping;

/// <summary>How long the soak goes on, and how it is divided.</summary>
/// <param name="Length">Altogether, in the daemon's time.</param>
/// <param name="Round">Device and broker go away once in each, and are well in between.</param>
/// <param name="Away">The longest that a part stays away; it is this, or a third, or a tenth.</param>
/// <param name="Between">From one count to the next.</param>
/// <param name="WarmUp">What is counted before it does not tell.</param>
internal sealed record Schedule(TimeSpan Length, TimeSpan Round, TimeSpan Away, TimeSpan Between, TimeSpan WarmUp)
{
    /// <summary>A flap of each part in ten minutes, of up to three; the first sixth warms up, which is 4 h of 24.</summary>
    public static Schedule Simulated(TimeSpan length) =>
        new(length, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(3), length / 24 > TimeSpan.FromMinutes(10) ? length / 24 : TimeSpan.FromMinutes(10), length / 6);

    /// <summary>In real time nobody waits for minutes: a flap of each part in some six seconds, and a count every half minute.</summary>
    public static Schedule Real(TimeSpan length) => new(length, TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30), length / 4);

    public TimeSpan AwayIn(int round) => Away / (round % 3) switch { 0 => 10, 1 => 3, _ => 1 };
}
