using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Flip.Edge.Otlp;

/// <summary>
/// What the documents of metrics and logs have in common, in OTLP's JSON (opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding): names in
/// lowerCamelCase, 64-bit numbers as text, enumerations as numbers.
/// </summary>
internal static class OtlpDocument
{
    public const string Scope = "flip-edge";

    /// <summary>The document of one kind: <c>resourceMetrics</c> or <c>resourceLogs</c>.</summary>
    /// <param name="kind">Metrics or Logs.</param>
    /// <param name="gateway">The gateway's id.</param>
    /// <param name="version">The running version.</param>
    /// <param name="list">Writes the members of <c>metrics</c> or <c>logRecords</c>.</param>
    public static byte[] Write(OtlpKind kind, string gateway, string version, Action<Utf8JsonWriter> list)
    {
        ArrayBufferWriter<byte> bytes = new(16 * 1024);
        using (Utf8JsonWriter json = new(bytes))
        {
            json.WriteStartObject();
            json.WriteStartArray(kind == OtlpKind.Metrics ? "resourceMetrics" : "resourceLogs");
            json.WriteStartObject();
            json.WriteStartObject("resource");
            json.WriteStartArray("attributes");
            // opentelemetry.io/docs/specs/semconv/resource/#service
            Attribute(json, "service.name", Scope);
            Attribute(json, "service.instance.id", gateway);
            Attribute(json, "service.version", version);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteStartArray(kind == OtlpKind.Metrics ? "scopeMetrics" : "scopeLogs");
            json.WriteStartObject();
            json.WriteStartObject("scope");
            json.WriteString("name", Scope);
            json.WriteString("version", version);
            json.WriteEndObject();
            json.WriteStartArray(kind == OtlpKind.Metrics ? "metrics" : "logRecords");
            list(json);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    public static void Attribute(Utf8JsonWriter json, string key, string value)
    {
        json.WriteStartObject();
        json.WriteString("key", key);
        json.WriteStartObject("value");
        json.WriteString("stringValue", value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static string Nanoseconds(DateTimeOffset time) =>
        ((time - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick).ToString(CultureInfo.InvariantCulture);
}

/// <summary>What is sent.</summary>
internal enum OtlpKind
{
    Metrics,
    Logs,
}
