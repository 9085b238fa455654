using System.Text.Json;
using System.Text.Json.Nodes;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Engineering;

namespace Flip.Edge.Devices.Tests.Profiles.Files;

/// <summary><c>docs/schema/profile-1.json</c> and the reader say the same of a file's form.</summary>
public sealed class ProfileSchemaTests
{
    // What a schema can't say: that a name refers to something, what units come to, what lies on what.
    private static readonly string[] BeyondASchema =
    [
        "has no such", "is used by nothing", "stands in this list twice", "and has to come in", "adds ", "overlap", "ends after", "end after",
        "end after", "has to be a list of two numbers", "has to be a raw value of", "that the point can hold", "is for whole numbers",
        "looks at a text", "looks at a number", "is missing, and the profile has none of its own", "has no source", "adds up batteries",
        "and batteries.points has no such", "is no number, which is needed here", "and more values follow", "a number is needed here",
        "a code has to be a whole number", "and has to be a text", "which blocks_may_be_missing says", "can't be: what is made of",
        "of more than one register with between", "has a number that in has too", "and only one of them can be the value", "a second time",
        "has to be a link", "is no code", "belongs into a profile with map sunspec", "has to be two whole numbers", "which is in %",
        "and an entry has", "which is no SunSpec number", "belongs to u16, u32 and u64", "to which scale brings it", "bring it there by scale",
        "has to be from", "belongs into a battery", "is \"batteries\", and the profile has no batteries", "is no role", "and has to be a number",
        "belongs to numbers of more than one register",
    ];

    private readonly SchemaEvaluator _schema = new(JsonDocument.Parse(File.ReadAllBytes(SchemaFile())).RootElement);

    [Fact]
    public void Every_built_in_profile_fulfils_the_schema()
    {
        Assert.All(Directory.EnumerateFiles(FamiliesFolder(), "*.json"), file => Assert.True(IsValid(File.ReadAllText(file)), Path.GetFileName(file)));
    }

    [Theory]
    [InlineData(Sample.Json)]
    [InlineData(Sample.SunSpec)]
    [InlineData(Sample.NoModbus)]
    public void What_is_changed_anywhere_is_wrong_for_both_or_for_none(string sample)
    {
        Assert.True(IsValid(sample));
        List<string> disagreements = [];
        foreach ((string what, string json) in Changes(sample))
        {
            bool isValid = IsValid(json);
            DeviceProfile? profile = Sample.Read(json, out IReadOnlyList<ProfileMistake> mistakes);
            if (profile is not null && !isValid) disagreements.Add($"{what}: only the schema refuses it");
            if (profile is null && isValid && !mistakes.Any(mistake => BeyondASchema.Any(beyond => mistake.Message.Contains(beyond, StringComparison.Ordinal))))
            {
                disagreements.Add($"{what}: only the reader refuses it: {mistakes[0]}");
            }
        }

        Assert.Empty(disagreements);
    }

    /// <summary>The sample with one node replaced by something else, or left out, or with a member more.</summary>
    private static IEnumerable<(string What, string Json)> Changes(string sample)
    {
        string?[] others = ["null", "true", "false", "-1", "0", "1", "1.5", "70000", "2.0", "\"\"", "\"x\"", "\"0x10\"", "\"capacity\"", "\"text\"", "\"a\\nb\"", "[]", "[1, 2]", "[\"x\"]", "{}", null];
        int count = Paths(JsonNode.Parse(sample)!).Count();
        for (int i = 0; i < count; i++)
        {
            foreach (string? other in others)
            {
                JsonNode root = JsonNode.Parse(sample)!;
                JsonNode node = Paths(root).ElementAt(i);
                string path = node.GetPath();
                if (!Replace(node, other)) continue;
                yield return ($"{path} {other ?? "left out"}", root.ToJsonString());
            }

            JsonNode wider = JsonNode.Parse(sample)!;
            if (Paths(wider).ElementAt(i) is not JsonObject one) continue;
            one["zzz"] = 1;
            yield return ($"{one.GetPath()} with zzz", wider.ToJsonString());
        }
    }

    private static bool Replace(JsonNode node, string? other)
    {
        JsonNode? value = other is null ? null : JsonNode.Parse(other);
        switch (node.Parent)
        {
            case JsonObject parent when other is null:
                return parent.Remove(node.GetPropertyName());
            case JsonObject parent:
                parent[node.GetPropertyName()] = value;
                return true;
            case JsonArray parent when other is null:
                return parent.Remove(node);
            case JsonArray parent:
                parent[node.GetElementIndex()] = value;
                return true;
            default:
                return false;
        }
    }

    private static IEnumerable<JsonNode> Paths(JsonNode node)
    {
        yield return node;
        IEnumerable<JsonNode?> children = node switch { JsonObject one => one.Select(member => member.Value), JsonArray list => list, _ => [] };
        foreach (JsonNode below in children.OfType<JsonNode>().SelectMany(Paths)) yield return below;
    }

    private bool IsValid(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return _schema.IsValid(document.RootElement);
    }

    private static string SchemaFile() => Path.Combine(Repository.Root, "docs/schema/profile-1.json");

    private static string FamiliesFolder() => Path.Combine(Repository.Root, "src/Flip.Edge.Devices/Profiles/Families");
}
