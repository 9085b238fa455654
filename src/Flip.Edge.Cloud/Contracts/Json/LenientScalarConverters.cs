using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flip.Edge.Cloud;

internal sealed class LenientStringConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Lenient.Text(ref reader);

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

internal sealed class LenientNumberConverter : JsonConverter<decimal?>
{
    public override decimal? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Lenient.Number(JsonElement.ParseValue(ref reader));

    public override void Write(Utf8JsonWriter writer, decimal? value, JsonSerializerOptions options)
    {
        if (value is { } number) writer.WriteNumberValue(number);
        else writer.WriteNullValue();
    }
}

internal sealed class LenientBooleanConverter : JsonConverter<bool?>
{
    public override bool? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Lenient.Boolean(JsonElement.ParseValue(ref reader));

    public override void Write(Utf8JsonWriter writer, bool? value, JsonSerializerOptions options)
    {
        if (value is { } flag) writer.WriteBooleanValue(flag);
        else writer.WriteNullValue();
    }
}

internal sealed class LenientEnrollmentConverter : JsonConverter<Enrollment>
{
    public override Enrollment? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        JsonElement value = JsonElement.ParseValue(ref reader);
        return value.ValueKind == JsonValueKind.Object ? value.Deserialize(Lenient.Info<Enrollment>(options)) : null;
    }

    public override void Write(Utf8JsonWriter writer, Enrollment value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, Lenient.Info<Enrollment>(options));
}
