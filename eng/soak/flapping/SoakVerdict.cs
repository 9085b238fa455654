using System.Globalization;

namespace Flip.Edge.Flapping;

/// <summary>Says of each row of counts whether it stayed flat after the warm-up.</summary>
internal static class SoakVerdict
{
    private const int LeastCounts = 5;

    /// <returns>False when something grew, or when there are too few counts to tell.</returns>
    public static bool Print(IReadOnlyList<Count> counts, TimeSpan warmUp, Bounds bounds, TextWriter output)
    {
        Count[] kept = [.. counts.Where(count => count.At >= warmUp)];
        if (kept.Length < LeastCounts)
        {
            output.WriteLine($"{kept.Length} counts after the warm-up, and {LeastCounts} are needed: let it run longer");
            return false;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"from {kept[0].At:d\\.hh\\:mm} to {kept[^1].At:d\\.hh\\:mm}, {kept.Length} counts; the line through them may rise by:"));
        bool flat = true;
        Row("managed, kB", count => count.ManagedBytes / 1e3, bounds.ManagedBytes / 1e3);
        Row("resident, kB", count => count.ResidentBytes / 1e3, bounds.ResidentBytes / 1e3);
        Row("threads", count => count.Threads, bounds.Threads);
        Row("handles", count => count.Handles, bounds.Handles);
        Row("timers", count => count.Timers, bounds.Timers);
        return flat;

        void Row(string what, Func<Count, double?> value, double bound)
        {
            if (value(kept[0]) is null) return;
            double growth = Growth.Of([.. kept.Select(count => (count.At, value(count)!.Value))]);
            flat &= growth <= bound;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-14} {growth,9:+0.0;-0.0;0.0}  bound {bound,7:0.0}  {(growth <= bound ? "flat" : "GROWS")}"));
        }
    }
}
