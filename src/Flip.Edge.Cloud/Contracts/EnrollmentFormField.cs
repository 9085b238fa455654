using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flip.Edge.Cloud;

/// <summary>One question of a program's enrollment form (docs.flip.energy/api-6038136).</summary>
public sealed record EnrollmentFormField
{
    /// <summary>The key of the answer, for example <c>account_id</c>.</summary>
    [JsonConverter(typeof(LenientStringConverter)), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Name { get; init; }

    /// <summary>The question, for people.</summary>
    [JsonConverter(typeof(LenientStringConverter)), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Label { get; init; }

    /// <summary><c>boolean</c>, <c>number</c> or <c>string</c>; anything else is kept as it came.</summary>
    [JsonConverter(typeof(LenientStringConverter)), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Type { get; init; }

    /// <summary>Optional help in Markdown.</summary>
    [JsonConverter(typeof(LenientStringConverter))]
    public string? Hint { get; init; }

    /// <summary>Fields that this version does not know, kept and written back as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? OtherFields { get; set; }
}
