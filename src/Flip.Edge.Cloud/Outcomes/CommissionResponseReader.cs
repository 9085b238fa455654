using System.Text.Json;

namespace Flip.Edge.Cloud;

internal enum ResponseKind
{
    /// <summary>A JSON object with a <c>programs</c> array of objects.</summary>
    Commission,

    /// <summary>The beginning of a JSON object.</summary>
    Unfinished,

    /// <summary>Something else.</summary>
    Other,
}

internal static class CommissionResponseReader
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public static ResponseKind Read(ReadOnlySpan<byte> body, out CommissionResponse? response)
    {
        response = null;
        if (body.StartsWith(ByteOrderMark)) body = body[3..];
        try
        {
            response = JsonSerializer.Deserialize(body, FlipJsonContext.Default.CommissionResponse);
            return response is null || response.Programs.Any(program => program is null) ? ResponseKind.Other : ResponseKind.Commission;
        }
        catch (JsonException)
        {
            return IsUnfinishedObject(body) ? ResponseKind.Unfinished : ResponseKind.Other;
        }
    }

    /// <summary>Whether all is well with the bytes but that they stop: a server that closes early without a Content-Length.</summary>
    private static bool IsUnfinishedObject(ReadOnlySpan<byte> body)
    {
        try
        {
            Utf8JsonReader reader = new(body, isFinalBlock: false, default);
            bool isObject = reader.Read() && reader.TokenType == JsonTokenType.StartObject;
            while (isObject && reader.Read())
            {
            }

            return isObject && reader.TokenType != JsonTokenType.EndObject | reader.CurrentDepth > 0;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
