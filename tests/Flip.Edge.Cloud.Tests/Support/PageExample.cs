using System.Text.Json.Nodes;

namespace Flip.Edge.Cloud.Tests;

internal static class PageExample
{
    public static byte[] Request => Read("commission-request.json");

    public static byte[] Response => Read("commission-response.json");

    public static JsonObject Json(ReadOnlySpan<byte> json) => JsonNode.Parse(json)!.AsObject();

    /// <summary>Every value of a JSON tree by its path, so that two trees compare field by field.</summary>
    public static SortedDictionary<string, string> Fields(JsonNode? node, string path = "")
    {
        SortedDictionary<string, string> fields = new(StringComparer.Ordinal);
        switch (node)
        {
            case JsonObject { Count: > 0 } parent:
                foreach ((string name, JsonNode? child) in parent) Add($"{path}.{name}", child);
                break;
            case JsonArray { Count: > 0 } list:
                for (int i = 0; i < list.Count; i++) Add($"{path}[{i}]", list[i]);
                break;
            default:
                fields[path] = node?.ToJsonString() ?? "null";
                break;
        }

        return fields;

        void Add(string at, JsonNode? child)
        {
            foreach ((string key, string value) in Fields(child, at)) fields[key] = value;
        }
    }

    private static byte[] Read(string name)
    {
        using Stream stream = typeof(PageExample).Assembly.GetManifestResourceStream(name)!;
        using MemoryStream bytes = new();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
