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
    public static ResponseKind Read(ReadOnlySpan<byte> body, out CommissionResponse? response)
    {
        response = null;
        body = JsonBody.WithoutMark(body);
        try
        {
            response = JsonSerializer.Deserialize(body, FlipJsonContext.Default.CommissionResponse);
            return response is null || response.Programs.Any(program => program is null) ? ResponseKind.Other : ResponseKind.Commission;
        }
        catch (JsonException)
        {
            return JsonBody.IsUnfinished(body, JsonTokenType.StartObject) ? ResponseKind.Unfinished : ResponseKind.Other;
        }
    }
}
