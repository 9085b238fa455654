using Flip.Edge.Metrics;

namespace Flip.Edge.Otlp;

/// <summary>The metrics of <c>/metrics</c> as an OTLP document.</summary>
internal static class MetricsJson
{
    private const int Cumulative = 2; // AGGREGATION_TEMPORALITY_CUMULATIVE

    /// <param name="families">As they are now.</param>
    /// <param name="gateway">The gateway's id.</param>
    /// <param name="version">The running version.</param>
    /// <param name="started">When the process started, and the counters with it.</param>
    /// <param name="now">The time of the numbers.</param>
    public static byte[] Write(IEnumerable<MetricFamily> families, string gateway, string version, DateTimeOffset started, DateTimeOffset now) =>
        OtlpDocument.Write(OtlpKind.Metrics, gateway, version, json =>
        {
            foreach (MetricFamily family in families.Where(family => family.Samples.Count > 0))
            {
                bool isCounter = family.Kind == MetricKind.Counter;
                json.WriteStartObject();
                json.WriteString("name", family.Name);
                json.WriteString("description", family.Help);
                json.WriteString("unit", Unit(family.Name));
                json.WriteStartObject(isCounter ? "sum" : "gauge");
                if (isCounter)
                {
                    json.WriteNumber("aggregationTemporality", Cumulative);
                    json.WriteBoolean("isMonotonic", true);
                }

                json.WriteStartArray("dataPoints");
                foreach (MetricSample sample in family.Samples)
                {
                    json.WriteStartObject();
                    if (isCounter) json.WriteString("startTimeUnixNano", OtlpDocument.Nanoseconds(started));
                    json.WriteString("timeUnixNano", OtlpDocument.Nanoseconds(now));
                    json.WriteNumber("asDouble", sample.Value);
                    json.WriteStartArray("attributes");
                    foreach ((string name, string value) in sample.Labels) OtlpDocument.Attribute(json, name, value);
                    json.WriteEndArray();
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
                json.WriteEndObject();
            }
        });

    // UCUM, as OpenTelemetry asks for it.
    private static string Unit(string name)
    {
        string bare = name.EndsWith("_total", StringComparison.Ordinal) ? name[..^"_total".Length] : name;
        return bare.EndsWith("_seconds", StringComparison.Ordinal) ? "s" : bare.EndsWith("_bytes", StringComparison.Ordinal) ? "By" : "1";
    }
}
