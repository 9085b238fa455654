using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Flip.Edge.Cloud;

/// <summary>Reads a value of an answer whatever its kind, so that one odd field never spoils the whole answer.</summary>
internal static class Lenient
{
    /// <summary>A string as it is, anything else as its JSON text.</summary>
    public static string Text(ref Utf8JsonReader reader) => Text(JsonElement.ParseValue(ref reader));

    public static string Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && TryString(value, out string? text) ? text : value.GetRawText();

    public static decimal? Number(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number) return value.TryGetDecimal(out decimal number) ? number : null;
        return value.ValueKind == JsonValueKind.String
            && decimal.TryParse(Text(value), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal parsed) ? parsed : null;
    }

    public static bool? Boolean(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    public static JsonTypeInfo<T> Info<T>(JsonSerializerOptions options) => (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));

    // A lone surrogate ("\ud800") is JSON but no text, and GetString throws on it.
    private static bool TryString(JsonElement value, out string text)
    {
        try
        {
            text = value.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            text = "";
            return false;
        }
    }
}
