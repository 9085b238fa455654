using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Flip.Edge.Cloud;

/// <summary>
/// Reads the answers that are no commission response. A success is never quoted: it may hold a token, or the account number in an
/// enrollment.
/// </summary>
internal static class JsonAnswer
{
    /// <summary>The JSON of a 2xx, or what came instead.</summary>
    public static FlipAnswer<JsonElement> Read(FlipExchange exchange, Redactor redactor)
    {
        if (exchange is not FlipExchange.Answered { IsSuccess: true } answer)
            return new FlipAnswer<JsonElement>.Failed(OutcomeClassifier.Classify(exchange, redactor));
        string status = $"HTTP {answer.Status}";
        byte[] body = answer.Body.Bytes;
        return answer.Body.End switch
        {
            BodyEnd.TimedOut => Transient(TransientCause.Timeout, $"{status}: the answer did not end in time"),
            BodyEnd.Truncated => Transient(TransientCause.ResponseTruncated, $"{status}: the answer broke off after {body.Length} bytes"),
            BodyEnd.TooLarge => Other($"{status}: the answer is longer than {body.Length} bytes"),
            _ when JsonBody.Parse(body) is { } json => new FlipAnswer<JsonElement>.Given(json),
            _ when JsonBody.IsUnfinished(body, JsonTokenType.StartArray) || JsonBody.IsUnfinished(body, JsonTokenType.StartObject) =>
                Transient(TransientCause.ResponseTruncated, $"{status}: the answer broke off after {body.Length} bytes"),
            _ => Other($"{status}: the answer is no JSON, but {redactor.Text(answer.MediaType ?? "of no named type")}"),
        };
    }

    /// <summary>The objects of a 2xx that is a bare array of them, as every list on Flip's pages is.</summary>
    public static FlipAnswer<IReadOnlyList<T>> ReadList<T>(FlipExchange exchange, Redactor redactor, JsonTypeInfo<T> type, string what)
        where T : class
    {
        FlipAnswer<JsonElement> read = Read(exchange, redactor);
        if (read is FlipAnswer<JsonElement>.Failed failed) return new FlipAnswer<IReadOnlyList<T>>.Failed(failed.Why);
        JsonElement json = ((FlipAnswer<JsonElement>.Given)read).Value;
        if (json.ValueKind != JsonValueKind.Array) return NoList($"is {json.ValueKind}");
        List<T> items = new(json.GetArrayLength());
        foreach (JsonElement item in json.EnumerateArray())
        {
            if (TryDeserialize(item, type) is not { } one) return NoList($"holds {item.ValueKind} at [{items.Count}]");
            items.Add(one);
        }

        return new FlipAnswer<IReadOnlyList<T>>.Given(items);

        FlipAnswer<IReadOnlyList<T>>.Failed NoList(string found) =>
            new(new CommissionOutcome.NotFlip($"the answer {found}, expected an array of {what}", MayHaveArrived: true));
    }

    /// <summary>Whether this is Flip's "there is no such thing": a 404 with a JSON object. A page says nothing about Flip's sites.</summary>
    public static bool IsNotFound(FlipExchange exchange) =>
        exchange is FlipExchange.Answered { Status: 404, Body.End: BodyEnd.Complete } answer
        && JsonBody.Parse(answer.Body.Bytes) is { ValueKind: JsonValueKind.Object };

    private static T? TryDeserialize<T>(JsonElement item, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return item.ValueKind == JsonValueKind.Object ? item.Deserialize(type) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static FlipAnswer<JsonElement>.Failed Transient(TransientCause cause, string detail) =>
        new(new CommissionOutcome.Transient(cause, detail, null, MayHaveArrived: true));

    private static FlipAnswer<JsonElement>.Failed Other(string detail) => new(new CommissionOutcome.NotFlip(detail, MayHaveArrived: true));
}
