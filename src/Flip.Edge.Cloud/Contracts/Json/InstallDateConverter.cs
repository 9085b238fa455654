using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flip.Edge.Cloud;

/// <summary>RFC 3339 with a numeric offset, as in the page's newer example: <c>2025-06-19T15:30:00-07:00</c>.</summary>
internal sealed class InstallDateConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            if (reader.TryGetDateTimeOffset(out DateTimeOffset instant) && HasOffset(reader.GetString()!)) return instant;
            if (DateOnly.TryParseExact(reader.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date))
                return new DateTimeOffset(date, TimeOnly.MinValue, TimeSpan.Zero);
        }

        throw new JsonException("A date is neither RFC 3339 with an offset nor yyyy-MM-dd.");
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(JsonEncodedText.Encode(
            value.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFzzz", CultureInfo.InvariantCulture),

            // Nothing here needs escaping, and the default encoder would write the plus sign as \u002B.
            JavaScriptEncoder.UnsafeRelaxedJsonEscaping));

    // A time without an offset would be read in the gateway's own zone.
    private static bool HasOffset(string text) => text.Length > 10 && (text[^1] is 'Z' or 'z' || text.AsSpan(10).ContainsAny('+', '-'));
}
