namespace Flip.Edge.Metrics;

internal enum MetricKind
{
    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>Only grows while the process runs.</summary>
    Counter,
}

/// <summary>One number, with the labels that tell it from its siblings.</summary>
internal readonly record struct MetricSample(double Value, (string Name, string Value)[] Labels);

/// <summary>A metric with all its samples.</summary>
/// <param name="Name">As Prometheus has it, with the unit at its end: <c>_seconds</c>, <c>_bytes</c>; <c>_total</c> for a counter.</param>
/// <param name="Kind">Gauge or counter.</param>
/// <param name="Help">One sentence.</param>
internal sealed record MetricFamily(string Name, MetricKind Kind, string Help)
{
    private readonly List<MetricSample> _samples = [];

    /// <summary>May be empty: what is not known is not there, rather than 0.</summary>
    public IReadOnlyList<MetricSample> Samples => _samples;

    public MetricFamily Add(double value, params (string Name, string Value)[] labels)
    {
        _samples.Add(new(value, labels));
        return this;
    }

    /// <summary>Adds 1 or 0.</summary>
    public MetricFamily Add(bool value, params (string Name, string Value)[] labels) => Add(value ? 1 : 0, labels);
}
