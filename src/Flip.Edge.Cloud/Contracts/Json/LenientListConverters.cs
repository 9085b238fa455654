using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flip.Edge.Cloud;

/// <summary>A list whose items of a wrong kind are left out; null when it is no list at all.</summary>
internal abstract class LenientListConverter<T> : JsonConverter<IReadOnlyList<T>>
{
    public override IReadOnlyList<T>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        JsonElement value = JsonElement.ParseValue(ref reader);
        if (value.ValueKind != JsonValueKind.Array) return null;
        List<T> items = new(value.GetArrayLength());
        foreach (JsonElement item in value.EnumerateArray())
        {
            if (TryRead(item, options, out T? read)) items.Add(read!);
        }

        return items;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (T item in value) WriteItem(writer, item, options);
        writer.WriteEndArray();
    }

    protected abstract bool TryRead(JsonElement item, JsonSerializerOptions options, out T? read);

    protected abstract void WriteItem(Utf8JsonWriter writer, T item, JsonSerializerOptions options);
}

internal abstract class LenientObjectsConverter<T> : LenientListConverter<T>
    where T : class
{
    protected override bool TryRead(JsonElement item, JsonSerializerOptions options, out T? read)
    {
        read = item.ValueKind == JsonValueKind.Object ? item.Deserialize(Lenient.Info<T>(options)) : null;
        return read is not null;
    }

    protected override void WriteItem(Utf8JsonWriter writer, T item, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, item, Lenient.Info<T>(options));
}

internal sealed class LenientFormConverter : LenientObjectsConverter<EnrollmentFormField>;

internal sealed class LenientAttributesConverter : LenientObjectsConverter<ProgramSpecificAttribute>;

internal sealed class LenientStringsConverter : LenientListConverter<string>
{
    protected override bool TryRead(JsonElement item, JsonSerializerOptions options, out string? read)
    {
        read = item.ValueKind is JsonValueKind.Null ? null : Lenient.Text(item);
        return read is not null;
    }

    protected override void WriteItem(Utf8JsonWriter writer, string item, JsonSerializerOptions options) => writer.WriteStringValue(item);
}

internal sealed class LenientDeviceTypesConverter : LenientListConverter<DeviceType>
{
    protected override bool TryRead(JsonElement item, JsonSerializerOptions options, out DeviceType read)
    {
        read = item.ValueKind is JsonValueKind.Null ? default : new(Lenient.Text(item));
        return item.ValueKind is not JsonValueKind.Null;
    }

    protected override void WriteItem(Utf8JsonWriter writer, DeviceType item, JsonSerializerOptions options) =>
        writer.WriteStringValue(item.Value);
}

internal sealed class LenientMonthsConverter : LenientListConverter<int>
{
    protected override bool TryRead(JsonElement item, JsonSerializerOptions options, out int read)
    {
        decimal? number = Lenient.Number(item);
        bool whole = number is { } value && decimal.Truncate(value) == value && value is >= int.MinValue and <= int.MaxValue;
        read = whole ? (int)number!.Value : 0;
        return whole;
    }

    protected override void WriteItem(Utf8JsonWriter writer, int item, JsonSerializerOptions options) => writer.WriteNumberValue(item);
}
