using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Flip.Edge.Devices.Tests.Profiles.Files;

/// <summary>
/// As much of JSON Schema 2020-12 as the profiles' schema uses. A keyword that it does not know fails the test: it would be passed over.
/// (NuGet has no library of it with a free licence that restores here; the schema was also checked with Python's jsonschema.)
/// </summary>
internal sealed class SchemaEvaluator(JsonElement root)
{
    private static readonly string[] Annotations = ["$schema", "$id", "$defs", "title", "description", "then", "else"];

    public bool IsValid(JsonElement value) => Holds(root, value);

    private bool Holds(JsonElement schema, JsonElement value) => schema.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => schema.EnumerateObject().All(keyword => Annotations.Contains(keyword.Name) || Keyword(schema, keyword, value)),
    };

    private bool Keyword(JsonElement schema, JsonProperty keyword, JsonElement value)
    {
        JsonElement wanted = keyword.Value;
        return keyword.Name switch
        {
            "$ref" => Holds(root.GetProperty("$defs").GetProperty(wanted.GetString()!["#/$defs/".Length..]), value),
            "allOf" => wanted.EnumerateArray().All(part => Holds(part, value)),
            "anyOf" => wanted.EnumerateArray().Any(part => Holds(part, value)),
            "not" => !Holds(wanted, value),
            "if" => !schema.TryGetProperty(Holds(wanted, value) ? "then" : "else", out JsonElement branch) || Holds(branch, value),
            "type" => IsOf(wanted.GetString()!, value),
            "const" => JsonElement.DeepEquals(wanted, value),
            "enum" => wanted.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)),
            "minimum" => Number(value) is not { } n || n >= wanted.GetDouble(),
            "maximum" => Number(value) is not { } n || n <= wanted.GetDouble(),
            "exclusiveMinimum" => Number(value) is not { } n || n > wanted.GetDouble(),
            "pattern" => value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, wanted.GetString()!, RegexOptions.ECMAScript),
            "items" => value.ValueKind != JsonValueKind.Array || value.EnumerateArray().All(item => Holds(wanted, item)),
            "contains" => value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(item => Holds(wanted, item)),
            "minItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= wanted.GetInt32(),
            "maxItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() <= wanted.GetInt32(),
            "uniqueItems" => value.ValueKind != JsonValueKind.Array || Unique([.. value.EnumerateArray()]),
            "required" => value.ValueKind != JsonValueKind.Object || wanted.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)),
            "properties" => value.ValueKind != JsonValueKind.Object || value.EnumerateObject().All(member => !wanted.TryGetProperty(member.Name, out JsonElement one) || Holds(one, member.Value)),
            "additionalProperties" => value.ValueKind != JsonValueKind.Object || value.EnumerateObject().All(member => IsProperty(schema, member.Name) || Holds(wanted, member.Value)),
            "propertyNames" => value.ValueKind != JsonValueKind.Object || value.EnumerateObject().All(member => Holds(wanted, JsonSerializer.SerializeToElement(member.Name))),
            "minProperties" => value.ValueKind != JsonValueKind.Object || value.EnumerateObject().Count() >= wanted.GetInt32(),
            "dependentRequired" => value.ValueKind != JsonValueKind.Object || wanted.EnumerateObject().All(rule =>
                !value.TryGetProperty(rule.Name, out _) || rule.Value.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _))),
            _ => throw new NotSupportedException($"the keyword {keyword.Name} is not evaluated here"),
        };
    }

    private static bool IsProperty(JsonElement schema, string name) => schema.TryGetProperty("properties", out JsonElement properties) && properties.TryGetProperty(name, out _);

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "null" => value.ValueKind == JsonValueKind.Null,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => Number(value) is { } number && number == Math.Truncate(number),
        _ => throw new NotSupportedException(type),
    };

    private static double? Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? double.Parse(value.GetRawText(), CultureInfo.InvariantCulture) : null;

    private static bool Unique(JsonElement[] items)
    {
        for (int i = 0; i < items.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (JsonElement.DeepEquals(items[i], items[j])) return false;
            }
        }

        return true;
    }
}
