using Flip.Edge.Configuration;
using Flip.Edge.Engineering;
using Microsoft.Extensions.Configuration;

namespace Flip.Edge.Tests.Documents;

/// <summary>docs/configuration.md, of which deploy/deb.sh makes the man page flip-edge.json(5), beside the keys that are really read.</summary>
public sealed class ConfigurationPageTests
{
    private static readonly string[] Page = File.ReadAllLines(Path.Combine(Repository.Root, "docs/configuration.md"));

    public static TheoryData<string> Keys => [.. Read()];

    [Theory]
    [MemberData(nameof(Keys))]
    public void Each_key_that_is_read_stands_in_the_first_column_under_its_section(string key)
    {
        string[] parts = key.Split(':');

        Assert.Contains(Told(parts[0]), told => EndsWith(key, told));
    }

    [Fact]
    public void No_key_stands_there_that_is_not_read()
    {
        HashSet<string> read = Read();
        string[] sections = [.. read.Select(key => key.Split(':')[0]).Distinct()];

        Assert.All(sections, section => Assert.All(Told(section), told => Assert.True(
            read.Any(key => key.StartsWith($"{section}:", StringComparison.Ordinal) && (EndsWith(key, told) || key.Contains($":{told}:", StringComparison.Ordinal))),
            $"docs/configuration.md has a key {told} under {section}, and nothing reads it")));
    }

    [Fact]
    public void The_complete_example_has_each_key_but_those_that_do_not_belong_into_a_configuration()
    {
        IConfigurationRoot example = new ConfigurationBuilder().AddJsonFile(Path.Combine(Repository.Root, "deploy/flip-edge.example.json")).Build();
        HashSet<string> present = [.. example.AsEnumerable().Select(pair => string.Join(':', pair.Key.Split(':').Where(part => !int.TryParse(part, out _))))];
        // NAME stands for what anybody may write there.
        bool IsPresent(string key) => key.EndsWith(":NAME", StringComparison.Ordinal)
            ? present.Any(other => other.StartsWith(key[..^"NAME".Length], StringComparison.Ordinal)) : present.Contains(key);

        string[] missing = [.. Read().Where(key => !IsPresent(key) && !Told(key.Split(':')[0], "never").Any(told => EndsWith(key, told)))];

        Assert.True(missing.Length == 0, $"deploy/flip-edge.example.json lacks {string.Join(", ", missing)}");
    }

    private static bool EndsWith(string key, string told) => key.EndsWith($":{told}", StringComparison.Ordinal);

    // What stands in the first column of a section's tables of keys; with a type, in the rows of that type alone.
    private static IEnumerable<string> Told(string section, string? type = null)
    {
        bool inTable = false;
        foreach (string line in Page.SkipWhile(line => line != $"## {section}").Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal)))
        {
            inTable = line.StartsWith("| key |", StringComparison.Ordinal) || (inTable && line.StartsWith('|'));
            if (!inTable || (type is not null && line.Split('|')[2].Trim() != type)) continue;
            string[] spans = line.Split('|')[1].Split('`');
            for (int i = 1; i < spans.Length; i += 2) yield return spans[i];
        }
    }

    // Every key without others below it, whichever way it is read: as a value, or as one that does not belong there. A list counts once.
    private static HashSet<string> Read()
    {
        HashSet<string> asked = new(StringComparer.Ordinal);
        // NAME stands for what anybody may write there.
        IConfiguration one = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Devices:0:Id", "battery-1"), new("Logging:Categories:NAME", "debug")]).Build();
        SettingsReader.Read(new AskedConfiguration(one, asked), TimeZoneInfo.Utc);
        HashSet<string> keys = [.. asked.Select(key => key.Replace("Devices:0:", "Devices:", StringComparison.Ordinal))];
        keys.RemoveWhere(key => !key.Contains(':', StringComparison.Ordinal) || keys.Any(other => other.StartsWith($"{key}:", StringComparison.Ordinal)));
        return keys;
    }
}
