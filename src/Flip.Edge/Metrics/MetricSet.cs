namespace Flip.Edge.Metrics;

/// <summary>Collects families in the order in which they are shown.</summary>
internal sealed class MetricSet
{
    private readonly List<MetricFamily> _families = [];

    public IReadOnlyList<MetricFamily> Families => _families;

    public MetricFamily Gauge(string name, string help) => Of(new(name, MetricKind.Gauge, help));

    /// <param name="name">Ends with <c>_total</c>.</param>
    /// <param name="help">One sentence.</param>
    public MetricFamily Counter(string name, string help) => Of(new(name, MetricKind.Counter, help));

    private MetricFamily Of(MetricFamily family)
    {
        _families.Add(family);
        return family;
    }
}
