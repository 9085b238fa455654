using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flip.Edge.Cloud;

/// <summary>A date-time of an answer, kept as it came, so that an odd one neither fails the answer nor is changed.</summary>
/// <param name="Text">The text on the wire.</param>
[JsonConverter(typeof(Converter))]
public readonly record struct FlipTimestamp(string Text)
{
    /// <summary>The instant, where the text is a date-time; one without an offset is taken as UTC. Null where it is none.</summary>
    public DateTimeOffset? Instant =>
        DateTimeOffset.TryParse(Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset instant) ? instant : null;

    /// <summary>The text on the wire.</summary>
    public override string ToString() => Text ?? "";

    internal sealed class Converter : JsonConverter<FlipTimestamp>
    {
        public override FlipTimestamp Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(Lenient.Text(ref reader));

        public override void Write(Utf8JsonWriter writer, FlipTimestamp value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Text);
    }
}
