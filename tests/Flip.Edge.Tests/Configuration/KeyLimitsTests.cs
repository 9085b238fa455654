using System.Text;
using Flip.Edge.Configuration;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Configuration;

/// <summary>An attacker's finding: one key of 80 kB of colons took 3.2 GB, and the unit has 128 MB.</summary>
public sealed class KeyLimitsTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public static TheoryData<string, string> TooLong => new()
    {
        { $$"""{ "{{Repeat("a:", 40_000)}}a": 1 }""", "the key \"a:a:a:" },
        { $$"""{ "Site": { "{{Repeat("a:", 70)}}a": 1 } }""", "the key \"Site:a:a:" },
        { $$"""{ "{{Repeat("a\\u003a", 100)}}a": 1 }""", "the key \"a:a:a:" },
        { $$"""{ "{{Repeat("k", 80_000)}}": { "a": 1, "b": 2 } }""", "the key \"kkkk" },
        { $$"""{ "Devices": [ { "{{Repeat("k", 600)}}": [ { "{{Repeat("n", 600)}}": 1 } ] } ] }""", "the key \"nnnn" },
    };

    [Theory]
    [MemberData(nameof(TooLong))]
    public void A_key_that_can_mean_nothing_is_refused_with_its_beginning_before_it_takes_memory(string json, string named)
    {
        string file = _directory.Write("long.json", json);
        long before = GC.GetAllocatedBytesForCurrentThread();

        ConfigurationError error = Assert.Single(ConfigurationFiles.Load(file, [], TimeZoneInfo.Utc).Errors);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 5_000_000);
        Assert.StartsWith($"{file} can't be read: {named}", error.Sentence, StringComparison.Ordinal);
        Assert.Contains("and no key has more than ", error.Sentence, StringComparison.Ordinal);
        Assert.InRange(error.Sentence.Length, 1, file.Length + 200);
    }

    [Fact]
    public void The_names_of_siblings_and_the_texts_do_not_count()
    {
        string name = new('k', 1000);
        KeyLimits.CheckNames(Encoding.UTF8.GetBytes($$"""{ "a": { "{{name}}": 1, "b{{name}}": [ { "c": 2 }, "{{name}}" ] }, /* one more */ "{{name}}": "{{name}}{{name}}", }"""));
        KeyLimits.CheckParts(string.Join(':', Enumerable.Repeat("a", KeyLimits.MostParts)));
    }

    [Fact]
    public void A_file_with_a_byte_order_mark_is_read()
    {
        string file = _directory.File("marked.json");
        File.WriteAllText(file, """{ "Gateway": { "Id": "gw-ä" } }""", Encoding.Unicode);

        Assert.Equal("gw-ä", ConfigurationFiles.Sources(file, [], [])!["Gateway:Id"]);
    }

    public void Dispose() => _directory.Dispose();

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
