using System.Globalization;
using Flip.Edge.Logs;

namespace Flip.Edge.Otlp;

/// <summary>Lines of the log as an OTLP document (opentelemetry.io/docs/specs/otel/logs/data-model).</summary>
internal static class LogsJson
{
    private const int LongestText = 16 * 1024;

    public static byte[] Write(IEnumerable<LogLine> lines, string gateway, string version, TimeProvider time) =>
        OtlpDocument.Write(OtlpKind.Logs, gateway, version, json =>
        {
            foreach (LogLine line in lines)
            {
                json.WriteStartObject();
                json.WriteString("timeUnixNano", OtlpDocument.Nanoseconds(line.At(time)));
                json.WriteString("observedTimeUnixNano", OtlpDocument.Nanoseconds(line.At(time)));
                json.WriteNumber("severityNumber", Severity(line.Level));
                json.WriteString("severityText", line.Level.ToString());
                json.WriteStartObject("body");
                json.WriteString("stringValue", Bounded(line.Message));
                json.WriteEndObject();
                json.WriteStartArray("attributes");
                OtlpDocument.Attribute(json, "flip.category", line.Category);
                OtlpDocument.Attribute(json, "flip.event_id", line.EventId.ToString(CultureInfo.InvariantCulture));
                // The journal's FLIP_BASE_URL is flip.base_url here.
                foreach ((string name, string value) in line.Values)
                {
                    OtlpDocument.Attribute(json, $"flip.{JournalEntry.Name(name)["FLIP_".Length..].ToLowerInvariant()}", Bounded(value));
                }

                if (line.Exception is { } thrown)
                {
                    OtlpDocument.Attribute(json, "exception.type", thrown.GetType().FullName ?? thrown.GetType().Name);
                    OtlpDocument.Attribute(json, "exception.message", Bounded(thrown.Message));
                    OtlpDocument.Attribute(json, "exception.stacktrace", Bounded(thrown.ToString()));
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }
        });

    private static int Severity(LogLevel level) => level switch
    {
        LogLevel.Trace => 1,
        LogLevel.Debug => 5,
        LogLevel.Information => 9,
        LogLevel.Warning => 13,
        LogLevel.Error => 17,
        _ => 21,
    };

    private static string Bounded(string text) => text.Length <= LongestText ? text : $"{text[..LongestText]} … ({text.Length - LongestText} more characters)";
}
