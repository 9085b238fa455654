using System.Globalization;
using System.Text.Json;

namespace Flip.Edge.Modbus;

/// <summary>
/// A walk as JSON. Registers are hexadecimal text, four digits each; <c>exception</c> is the code that came in their place, and <c>silent</c> says
/// that nothing did.
/// </summary>
public static class WalkFile
{
    /// <summary>Names form and version.</summary>
    public const string Format = "flip-edge-walk/1";

    private const int DigitsPerWord = 4;

    /// <summary>Writes the walk.</summary>
    public static byte[] Write(RegisterWalk walk)
    {
        ArgumentNullException.ThrowIfNull(walk);
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes, new() { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteString("device", walk.Device);
            json.WriteString("endpoint", walk.Endpoint);
            json.WriteString("profile", walk.Profile);
            // As every time that the daemon tells: UTC, with milliseconds.
            json.WriteString("walked_at", walk.WalkedAt.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("stopped", walk.Stopped);
            json.WriteStartArray("reads");
            foreach (WalkRead read in walk.Reads) WriteRead(json, read);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    /// <summary>Reads a walk.</summary>
    /// <param name="bytes">The file's content.</param>
    /// <exception cref="FormatException">It is no walk; the message says where.</exception>
    public static RegisterWalk Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes);
            JsonElement root = document.RootElement;
            string? format = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("format", out JsonElement told) ? told.GetString() : null;
            if (format != Format) throw new FormatException($"it is no register walk: its \"format\" is \"{format}\", and has to be \"{Format}\"");
            List<WalkRead> reads = [];
            foreach (JsonElement read in root.GetProperty("reads").EnumerateArray()) reads.Add(ReadOne(read, reads.Count));
            return new(root.GetProperty("device").GetString() ?? "", root.GetProperty("endpoint").GetString() ?? "", root.GetProperty("walked_at").GetDateTimeOffset(), reads)
            {
                Profile = root.GetProperty("profile").GetString(),
                Stopped = root.GetProperty("stopped").GetString(),
            };
        }
        catch (Exception other) when (other is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"it is no register walk: {other.Message}", other);
        }
    }

    private static void WriteRead(Utf8JsonWriter json, WalkRead read)
    {
        json.WriteStartObject();
        json.WriteNumber("unit", read.Unit);
        json.WriteNumber("function", read.Function);
        json.WriteNumber("address", read.Address);
        json.WriteNumber("count", read.Count);
        if (read.Words is { } words) json.WriteString("words", string.Concat(words.Select(word => word.ToString("X4", CultureInfo.InvariantCulture))));
        else if (read.Refusal == IRegisterBank.NoReply) json.WriteBoolean("silent", true);
        else json.WriteNumber("exception", (byte)(read.Refusal ?? ModbusExceptionCode.IllegalDataAddress));
        json.WriteEndObject();
    }

    private static WalkRead ReadOne(JsonElement read, int index)
    {
        (int unit, int function) = (Number(read, "unit", 0, byte.MaxValue, index), Number(read, "function", 3, 4, index));
        (int address, int count) = (Number(read, "address", 0, ushort.MaxValue, index), Number(read, "count", 1, ModbusClientOptions.ProtocolRegistersPerRead, index));
        ushort[]? words = null;
        ModbusExceptionCode? refusal = null;
        if (read.TryGetProperty("words", out JsonElement text)) words = Words(text.GetString() ?? "", count, index);
        else if (read.TryGetProperty("silent", out _)) refusal = IRegisterBank.NoReply;
        else refusal = (ModbusExceptionCode)Number(read, "exception", 1, byte.MaxValue, index);
        return new((byte)unit, (byte)function, (ushort)address, (ushort)count, words, refusal);
    }

    private static int Number(JsonElement read, string name, int least, int most, int index) =>
        read.TryGetProperty(name, out JsonElement value) && value.TryGetInt32(out int number) && number >= least && number <= most
            ? number
            : throw new FormatException($"reads[{index}]: \"{name}\" is missing, or no whole number from {least} to {most}");

    private static ushort[] Words(string hex, int count, int index)
    {
        if (hex.Length != count * DigitsPerWord || !hex.All(char.IsAsciiHexDigit))
        {
            throw new FormatException($"reads[{index}]: \"words\" has to hold {count * DigitsPerWord} hexadecimal digits, four for each of its {count} registers");
        }

        return [.. Enumerable.Range(0, count).Select(i => ushort.Parse(hex.AsSpan(i * DigitsPerWord, DigitsPerWord), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))];
    }
}
