using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flip.Edge.Mqtt;

/// <summary>One entity's discovery message, with the names of home-assistant.io/integrations/sensor.mqtt and binary_sensor.mqtt.</summary>
/// <param name="Kind"><c>sensor</c> or <c>binary_sensor</c>: a level of the topic.</param>
/// <param name="ObjectId">A level of the topic; letters, digits, <c>_</c> and <c>-</c>.</param>
/// <param name="Name">Its name under the device's.</param>
/// <param name="UniqueId">Stays the same for ever: history and names that people give hang on it.</param>
/// <param name="StateTopic">One of our own topics.</param>
/// <param name="ValueTemplate">What of that topic's JSON is the state. <c>None</c> is shown as unknown.</param>
/// <param name="AvailabilityTopic">Where <c>online</c> and <c>offline</c> stand.</param>
/// <param name="Device">What the entity belongs to.</param>
/// <param name="Origin">Who announces it.</param>
internal sealed record HomeAssistantEntity(
    [property: JsonIgnore] string Kind, [property: JsonIgnore] string ObjectId, string Name, string UniqueId, string StateTopic, string ValueTemplate,
    string AvailabilityTopic, HomeAssistantDevice Device, HomeAssistantOrigin Origin)
{
    public string? DeviceClass { get; init; }

    /// <summary>Every value that an <c>enum</c> can have.</summary>
    public IReadOnlyList<string>? Options { get; init; }

    public string? UnitOfMeasurement { get; init; }

    /// <summary><c>diagnostic</c> for what is not looked at every day.</summary>
    public string? EntityCategory { get; init; }

    public string? JsonAttributesTopic { get; init; }

    public string? JsonAttributesTemplate { get; init; }

    public int Qos { get; } = 1;
}

/// <summary>A device of Home Assistant's; what is null is not told.</summary>
internal sealed record HomeAssistantDevice(
    IReadOnlyList<string> Identifiers, string Name, string? Manufacturer, string? Model, string? SerialNumber, string? SwVersion, string? ViaDevice);

internal sealed record HomeAssistantOrigin(string Name, string SwVersion);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(HomeAssistantEntity))]
internal sealed partial class HomeAssistantJson : JsonSerializerContext
{
    /// <summary>Quotes of the templates stay quotes.</summary>
    public static HomeAssistantJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
