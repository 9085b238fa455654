using System.Globalization;
using System.Reflection;
using Flip.Edge.Configuration;

namespace Flip.Edge.Commissioning;

/// <summary>
/// Gateways have no battery-backed clock: until NTP has set it, it shows 1970 or the time of the last shutdown. A time before this
/// software was built is wrong for certain, and every certificate looks wrong then. A later one may still be last month's: good enough
/// for a certificate, but not for a date that Flip keeps.
/// </summary>
/// <param name="time">The clock; its jumps are not waited for, but seen at the next look.</param>
/// <param name="built">The day of the build.</param>
/// <param name="look">Whether the clock is synchronised, null when nobody can tell; where it is not given, nobody can.</param>
/// <param name="rule">Whether that matters.</param>
internal sealed class ClockTrust(
    TimeProvider time, DateTimeOffset built, Func<bool?>? look = null, ClockRule rule = ClockRule.Synchronized)
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    /// <summary>Whether the time can be right at all, so that certificates can be checked and something can be sent.</summary>
    public bool IsTrusted => time.GetUtcNow() >= built;

    /// <summary>Whether the clock was set by NTP or by a battery-backed clock; null when nobody can tell.</summary>
    public bool? IsSynchronized => look?.Invoke();

    /// <summary>Whether a date of today may be frozen. A clock of which nobody can tell gets the benefit of the doubt.</summary>
    public bool MayDate => IsTrusted && (rule == ClockRule.AsSet || IsSynchronized != false);

    /// <summary>Returns once the clock can be trusted. It is looked at every 5 s of monotonic time.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => UntilAsync(() => IsTrusted, cancellationToken);

    /// <summary>Returns once a date of today may be frozen. It is looked at every 5 s of monotonic time.</summary>
    public Task WaitForDateAsync(CancellationToken cancellationToken) => UntilAsync(() => MayDate, cancellationToken);

    /// <summary>The day of the build, from the assembly; see <c>BuildDate</c> in the project file.</summary>
    public static DateTimeOffset BuildDate()
    {
        string text = typeof(ClockTrust).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == "BuildDate").Value!;
        return DateTimeOffset.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
    }

    private async Task UntilAsync(Func<bool> good, CancellationToken cancellationToken)
    {
        while (!good()) await Task.Delay(Poll, time, cancellationToken);
    }
}
