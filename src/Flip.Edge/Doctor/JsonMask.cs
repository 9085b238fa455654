using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Flip.Edge.Doctor;

/// <summary>
/// Masks the texts within JSON, and leaves keys, numbers and this program's own words as they are: they name nobody, and a walk whose <c>count</c> was
/// masked, because a broker's user has that name, can't be played any more.
/// </summary>
internal static class JsonMask
{
    // What flip-edge puts there is from lists of its own, and manufacturer and model are what a device tells. An
    // endpoint has the word "unit" in it. The keys of the configuration are paths: of "Devices:0:Endpoint" the last part counts.
    private static readonly string[] OwnWords =
        ["format", "category", "level", "code", "reason_code", "state", "kind", "unit", "source", "profile", "manufacturer", "model", "firmware", "endpoint"];

    /// <summary>The same JSON, byte for byte but for the texts that were masked; null where it is none.</summary>
    /// <param name="json">One value.</param>
    /// <param name="mask">Gets each text without its escapes.</param>
    public static string? Apply(string json, Func<string, string> mask)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json);
        ArrayBufferWriter<byte> masked = new(bytes.Length);
        try
        {
            Write(bytes, mask, masked);
        }
        catch (Exception none) when (none is JsonException or InvalidOperationException)
        {
            // The latter for half of a character. Such a text is masked as any other, keys included.
            return null;
        }

        return Encoding.UTF8.GetString(masked.WrittenSpan);
    }

    private static bool IsOwn(string name) => OwnWords.Contains(name[(name.LastIndexOf(':') + 1)..], StringComparer.OrdinalIgnoreCase);

    private static void Write(byte[] bytes, Func<string, string> mask, ArrayBufferWriter<byte> masked)
    {
        Utf8JsonReader reader = new(bytes);
        Stack<string> within = new();
        string name = "";
        int kept = 0;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName) name = reader.GetString()!;
            if (reader.TokenType == JsonTokenType.StartObject) within.Push(name);
            if (reader.TokenType == JsonTokenType.EndObject) name = within.Pop();
            if (reader.TokenType != JsonTokenType.String || IsOwn(name) || (within.Count > 0 && IsOwn(within.Peek()))) continue;
            string value = reader.GetString()!, hidden = mask(value);
            if (hidden == value) continue;
            masked.Write(bytes.AsSpan(kept, (int)reader.TokenStartIndex + 1 - kept));
            masked.Write(JsonEncodedText.Encode(hidden, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes);
            kept = (int)reader.BytesConsumed - 1;
        }

        masked.Write(bytes.AsSpan(kept));
    }
}
