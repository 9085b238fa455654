namespace Flip.Edge.Metrics;

/// <summary>A part of the daemon that has metrics.</summary>
internal interface IMetricSource
{
    /// <summary>Adds its families as they are now. It reads memory and <c>/proc</c> alone, and must not wait.</summary>
    public void Write(MetricSet set);
}

/// <summary>All metrics, for <c>/metrics</c> and for OTLP alike.</summary>
internal sealed class EdgeMetrics(IEnumerable<IMetricSource> sources)
{
    private readonly IMetricSource[] _sources = [.. sources];

    public IReadOnlyList<MetricFamily> Now()
    {
        MetricSet set = new();
        foreach (IMetricSource source in _sources) source.Write(set);
        return set.Families;
    }
}
