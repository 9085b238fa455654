using System.Globalization;
using System.Text;

namespace Flip.Edge.Metrics;

/// <summary>The Prometheus text format (prometheus.io/docs/instrumenting/exposition_formats).</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Of(IEnumerable<MetricFamily> families)
    {
        StringBuilder text = new();
        foreach (MetricFamily family in families)
        {
            text.Append(CultureInfo.InvariantCulture, $"# HELP {family.Name} {Help(family.Help)}\n# TYPE {family.Name} {(family.Kind == MetricKind.Counter ? "counter" : "gauge")}\n");
            foreach (MetricSample sample in family.Samples)
            {
                string labels = sample.Labels.Length == 0 ? "" : $"{{{string.Join(',', sample.Labels.Select(label => $"{label.Name}=\"{Label(label.Value)}\""))}}}";
                text.Append(CultureInfo.InvariantCulture, $"{family.Name}{labels} {sample.Value:R}\n");
            }
        }

        return text.ToString();
    }

    private static string Help(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Label(string text) => Help(text).Replace("\"", "\\\"", StringComparison.Ordinal);
}
