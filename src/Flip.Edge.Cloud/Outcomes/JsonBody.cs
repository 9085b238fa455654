using System.Text.Json;

namespace Flip.Edge.Cloud;

/// <summary>Questions to the bytes of an answer that shall be JSON.</summary>
internal static class JsonBody
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> body) => body.StartsWith(ByteOrderMark) ? body[3..] : body;

    /// <summary>The value, or null when the bytes are no JSON.</summary>
    public static JsonElement? Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonElement.Parse(WithoutMark(body));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether all is well with the bytes but that they stop: a server that closes early without a Content-Length.</summary>
    public static bool IsUnfinished(ReadOnlySpan<byte> body, JsonTokenType start)
    {
        try
        {
            Utf8JsonReader reader = new(body, isFinalBlock: false, default);
            bool isBegun = reader.Read() && reader.TokenType == start;
            while (isBegun && reader.Read())
            {
            }

            return isBegun && (reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray) || reader.CurrentDepth > 0);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
