namespace Flip.Edge.Configuration;

/// <summary>A duration as it is typed into the configuration, and no digit more: <c>00:00:00.5</c>, <c>7.00:00:00 (7 days)</c>.</summary>
internal static class DurationText
{
    /// <param name="duration">From 0 on.</param>
    public static string Of(TimeSpan duration)
    {
        string text = duration.ToString("c");
        // .NET writes a fraction with seven digits.
        if (duration.Ticks % TimeSpan.TicksPerSecond != 0) text = text.TrimEnd('0');
        // The days stand before the hours, which nobody expects who reads hh:mm:ss.
        return duration < TimeSpan.FromDays(1) ? text : $"{text} ({Days(duration)})";
    }

    private static string Days(TimeSpan duration) => duration.Ticks % TimeSpan.TicksPerDay != 0 ? "days first" : duration.Days == 1 ? "1 day" : $"{duration.Days} days";
}
