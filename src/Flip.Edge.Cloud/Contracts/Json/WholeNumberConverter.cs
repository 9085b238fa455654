using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flip.Edge.Cloud;

/// <summary>Writes 15000.0 as 15000: "number" on the page, but every example is an integer.</summary>
internal sealed class WholeNumberConverter : JsonConverter<decimal>
{
    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out decimal value) ? value : throw new JsonException("Not a number.");

    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options)
    {
        decimal whole = decimal.Truncate(value);
        writer.WriteNumberValue(whole == value ? whole : value);
    }
}
