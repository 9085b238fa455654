using Flip.Edge.Metrics;

namespace Flip.Edge.Otlp;

/// <summary>Requests to the collector by kind and outcome, and the lines that never reached it.</summary>
internal sealed class OtlpCounts(OtlpLogQueue queue) : IMetricSource
{
    private readonly long[] _counts = new long[4];

    public void Add(OtlpKind kind, bool isTaken) => Interlocked.Increment(ref _counts[Index(kind, isTaken)]);

    public void Write(MetricSet set)
    {
        MetricFamily requests = set.Counter("flip_edge_otlp_requests_total", "Requests to the OTLP collector by kind and outcome.");
        foreach (OtlpKind kind in (OtlpKind[])[OtlpKind.Metrics, OtlpKind.Logs])
        {
            string name = kind.ToString().ToLowerInvariant();
            requests.Add(Interlocked.Read(ref _counts[Index(kind, true)]), ("kind", name), ("outcome", "taken"));
            requests.Add(Interlocked.Read(ref _counts[Index(kind, false)]), ("kind", name), ("outcome", "failed"));
        }

        set.Counter("flip_edge_otlp_dropped_lines_total", "Lines of the log that never reached the OTLP collector.").Add(queue.Dropped);
    }

    private static int Index(OtlpKind kind, bool isTaken) => ((int)kind * 2) + (isTaken ? 1 : 0);
}
