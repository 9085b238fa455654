using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flip.Edge;

/// <summary>The one form in which a time leaves the process or stands on the disk: UTC, with three digits of a second and a Z.</summary>
/// <remarks>
/// .NET's own has as many digits as the value happens to need, none to seven, and the offset: a reader that takes one form fails now and then.
/// </remarks>
internal static class UtcText
{
    /// <summary><c>2026-11-23T01:13:40.042Z</c>; what is finer than a millisecond is cut off.</summary>
    public static string Of(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

/// <summary>The same for what a serializer writes. It reads every form of ISO 8601.</summary>
internal sealed class UtcTextConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(UtcText.Of(value));
}
