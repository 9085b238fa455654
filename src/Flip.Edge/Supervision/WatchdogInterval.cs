using System.Globalization;

namespace Flip.Edge.Supervision;

/// <summary>How often the watch looks.</summary>
/// <param name="Systemd">After how long without a sign of life systemd ends the daemon (<c>WatchdogSec</c>); null when it does not.</param>
internal sealed record WatchdogInterval(TimeSpan? Systemd)
{
    private static readonly TimeSpan Alone = TimeSpan.FromSeconds(15);

    /// <summary>Between two looks. A quarter, so that a busy machine may lose one or two, and half is what sd_watchdog_enabled(3) asks for.</summary>
    public TimeSpan BetweenLooks => Systemd / 4 ?? Alone;

    /// <summary>As systemd gives it; see sd_watchdog_enabled(3).</summary>
    public static WatchdogInterval FromEnvironment() => Of(
        Environment.GetEnvironmentVariable("WATCHDOG_USEC"), Environment.GetEnvironmentVariable("WATCHDOG_PID"), Environment.ProcessId);

    /// <param name="microseconds"><c>WATCHDOG_USEC</c>.</param>
    /// <param name="forProcess"><c>WATCHDOG_PID</c>: whom it is meant for; a child inherits the environment of its parent.</param>
    /// <param name="process">This process.</param>
    internal static WatchdogInterval Of(string? microseconds, string? forProcess, int process) =>
        long.TryParse(microseconds, NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value > 0 && value < long.MaxValue / 10
        && (string.IsNullOrEmpty(forProcess) || forProcess == process.ToString(CultureInfo.InvariantCulture))
            ? new(TimeSpan.FromMicroseconds(value))
            : new((TimeSpan?)null);
}
