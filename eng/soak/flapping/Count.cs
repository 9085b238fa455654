using System.Globalization;
using Flip.Edge.Soak;

namespace Flip.Edge.Flapping;

/// <summary>What the daemon holds at one moment.</summary>
/// <param name="At">In its own time, from the start.</param>
/// <param name="ManagedBytes">Objects that are alive after a full collection; null where nobody can tell from outside.</param>
/// <param name="ResidentBytes">Resident memory.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Handles">Open file descriptors.</param>
/// <param name="Timers">Timers that wait; null where nobody can tell from outside.</param>
internal sealed record Count(TimeSpan At, long? ManagedBytes, long ResidentBytes, int Threads, int Handles, int? Timers)
{
    public static Count Of(int process, TimeSpan at, long? managed, int? timers)
    {
        string[] status = File.ReadAllLines($"/proc/{process}/status");
        return new(at, managed, Field("VmRSS:") * 1024, (int)Field("Threads:"), OpenHandles.Of(process), timers);

        long Field(string name)
        {
            string line = status.First(line => line.StartsWith(name, StringComparison.Ordinal));
            return long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture);
        }
    }
}
