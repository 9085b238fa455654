using System.Text;
using Flip.Edge.Configuration;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace Flip.Edge.Tests.Configuration;

/// <summary>An attacker's finding: the file's keys were gone through for each value that was read, which took minutes for thousands of devices.</summary>
public sealed class IndexedJsonTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "Site": {}, "Devices": [] }""")]
    [InlineData("""{ "Devices": [ { "Id": "a", "Overrides": { "CapacityWh": 1.5 } }, { "Id": null }, {}, [ 1, [ true ] ], "x", null ], "Site": "text" }""")]
    [InlineData("""{ "Mqtt:Host": "h", "Mqtt": { "Port": 1, "Tls:CaFile": "c" }, "mqtt:user": "" }""")]
    [InlineData("""{ "Devices": { "10": 1, "9": 2, "x": 3, "0": 4 }, "": { "": 1 }, "ä": { "É": "e" } }""")]
    [InlineData("""{ "a": { "b": { "c": { "d": { "e": [ { "f": false } ] } } } }, "a:b:c2": 1, "A:x": 2 }""")]
    [InlineData("""{ "::": 1, "a:": 2, ":b": 3 }""")]
    public void It_finds_what_the_provider_of_dotnet_finds(string json)
    {
        IConfiguration theirs = new ConfigurationBuilder().AddJsonStream(Stream(json)).Build();
        IConfiguration ours = IndexedJson.AddTo(new ConfigurationBuilder(), Stream(json)).Build();

        Assert.Equal(Lines(theirs), Lines(ours));
    }

    [Fact]
    public void The_keys_of_a_section_are_gathered_once_and_not_at_each_look()
    {
        IConfigurationRoot root = (IConfigurationRoot)IndexedJson.AddTo(new ConfigurationBuilder(), Stream("""{ "Devices": [ { "Id": "a" }, { "Id": "b" } ] }""")).Build();
        IConfigurationProvider provider = root.Providers.Single();

        Assert.Equal(["0", "1"], provider.GetChildKeys([], "Devices"));
        Assert.Same(provider.GetChildKeys([], "Devices"), provider.GetChildKeys([], "devices"));
    }

    [Fact]
    public void Keys_of_the_file_and_of_the_command_line_are_in_one_order()
    {
        IConfiguration both = IndexedJson.AddTo(new ConfigurationBuilder(), Stream("""{ "Devices": { "0": 1, "10": 1 } }"""))
            .AddInMemoryCollection([new("Devices:9", "x"), new("Devices:10", "y")]).Build();

        Assert.Equal(["0", "9", "10"], both.GetSection("Devices").GetChildren().Select(child => child.Key));
    }

    [Fact]
    public void The_configuration_is_read_with_it()
    {
        using TempDirectory directory = new();
        IConfiguration sources = ConfigurationFiles.Sources(directory.Write("site.json", "{}"), [], [])!;

        Assert.IsType<IndexedJson>(((IConfigurationRoot)sources).Providers.First());
    }

    private static MemoryStream Stream(string json) => new(Encoding.UTF8.GetBytes(json));

    private static List<string> Lines(IConfiguration configuration)
    {
        List<string> lines = [];
        foreach (IConfigurationSection child in configuration.GetChildren())
        {
            lines.Add($"{child.Path}={child.Value}");
            lines.AddRange(Lines(child));
        }

        return lines;
    }
}
