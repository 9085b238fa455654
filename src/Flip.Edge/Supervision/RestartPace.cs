using System.Globalization;

namespace Flip.Edge.Supervision;

/// <summary>
/// Waits longer from start to start while the daemon ends soon after each. systemd's own <c>RestartSteps</c> came with 254, and Debian 12
/// has 252. The count is in the service's runtime directory, which is memory and gone after a boot.
/// </summary>
/// <param name="file">Where the count is kept; null where there is no runtime directory, and so nobody who starts the daemon again.</param>
/// <param name="time">Its timestamps must be those of the boot.</param>
internal sealed class RestartPace(string? file, TimeProvider time)
{
    /// <summary>What systemd waits by itself (<c>RestartSec</c>).</summary>
    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private const int MostCounted = 999;

    // Whoever lived so long did not end because of its start.
    private static readonly TimeSpan LongLife = TimeSpan.FromMinutes(10);

    /// <summary>As systemd gives it (<c>RuntimeDirectory</c>).</summary>
    public static RestartPace OfTheService(TimeProvider time) =>
        new(Environment.GetEnvironmentVariable("RUNTIME_DIRECTORY") is { Length: > 0 } directory ? Path.Combine(directory.Split(':')[0], "restarts") : null, time);

    /// <summary>How often in a row the daemon has ended soon after its start.</summary>
    public int QuickEnds { get; private set; }

    /// <summary>Notes that the daemon starts.</summary>
    /// <returns>How long it should wait first, 0 to 5 min.</returns>
    /// <exception cref="IOException">The count can't be kept.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    public TimeSpan Begin()
    {
        if (file is null) return TimeSpan.Zero;
        long now = time.GetTimestamp();
        QuickEnds = File.Exists(file) && Read(File.ReadAllText(file)) is { } before && time.GetElapsedTime(before.StartedAt, now) is var life && life < LongLife && life > -Longest
            ? Math.Min(before.QuickEnds, MostCounted) + 1
            : 0;
        TimeSpan wait = TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << Math.Min(Math.Max(QuickEnds - 1, 0), 10))) - First;
        // It lives from the end of its wait on.
        File.WriteAllText(file, string.Create(CultureInfo.InvariantCulture, $"{QuickEnds} {now + (long)(wait.TotalSeconds * time.TimestampFrequency)}\n"));
        return wait;
    }

    /// <summary>Somebody told the daemon to end: the next start is no restart.</summary>
    /// <exception cref="IOException">The count can't be taken away.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    public void EndedInOrder()
    {
        if (file is not null) File.Delete(file);
    }

    private static (int QuickEnds, long StartedAt)? Read(string text)
    {
        string[] parts = text.Trim().Split(' ');
        return parts.Length == 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int ends)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long startedAt) ? (ends, startedAt) : null;
    }
}
