using System.Globalization;
using System.Reflection;

namespace Flip.Edge.Commissioning;

/// <summary>
/// Gateways have no battery-backed clock: until NTP has set it, it shows 1970 or the time of the last shutdown. A time before this
/// software was built is wrong for certain.
/// </summary>
internal sealed class ClockTrust(TimeProvider time, DateTimeOffset built)
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    public bool IsTrusted => time.GetUtcNow() >= built;

    public bool MayDate => IsTrusted;

    public Task WaitForDateAsync(CancellationToken cancellationToken) => WaitAsync(cancellationToken);

    /// <summary>Returns once the clock can be trusted.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        while (!IsTrusted) await Task.Delay(Poll, time, cancellationToken);
    }

    /// <summary>The day of the build, from the assembly; see <c>BuildDate</c> in the project file.</summary>
    public static DateTimeOffset BuildDate()
    {
        string text = typeof(ClockTrust).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == "BuildDate").Value!;
        return DateTimeOffset.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
    }
}
