using System.Buffers;
using System.Text.Json;
using Flip.Edge.Status;

namespace Flip.Edge.Logs;

/// <summary>Lines of the log as <c>GET /api/v1/log</c> gives them.</summary>
internal static class LogJson
{
    public static byte[] Write(IReadOnlyList<LogLine> lines, TimeProvider time)
    {
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter json = new(bytes, NameplateJson.Options))
        {
            json.WriteStartObject();
            json.WriteStartArray("lines");
            foreach (LogLine line in lines)
            {
                json.WriteStartObject();
                json.WriteString("at", UtcText.Of(line.At(time)));
                json.WriteString("level", line.Level.ToString().ToLowerInvariant());
                json.WriteString("category", line.Category);
                json.WriteNumber("event_id", line.EventId);
                json.WriteString("message", line.Message);
                json.WriteString("exception", line.Exception?.ToString());
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }
}
