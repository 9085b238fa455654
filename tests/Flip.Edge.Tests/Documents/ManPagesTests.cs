using Flip.Edge.Engineering;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Documents;

/// <summary>A newcomer's findings: flip-edge.json(5) told its sources under NAME, and "as above" in a list.</summary>
public sealed class ManPagesTests
{
    [Theory]
    [InlineData("commands")]
    [InlineData("configuration")]
    public void Under_the_name_stand_the_name_and_the_sentence_alone(string page)
    {
        string[] text = Text(page);

        Assert.Equal(["## Name", "", "flip-edge - what it is", ""], text[..4]);
        Assert.Contains(text[4], (string[])["## Synopsis", "## Description"]);
        Assert.Single(text, line => line == "## Description");
    }

    [Fact]
    public void What_the_configuration_page_says_before_its_first_heading_is_the_description()
    {
        string[] description = [.. Text("configuration").SkipWhile(line => line != "## Description").Skip(1).TakeWhile(line => !line.StartsWith('#'))];

        Assert.Contains(description, line => line.StartsWith("Three sources, the later wins", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("commands")]
    [InlineData("configuration")]
    public void No_item_refers_to_another_row(string page)
    {
        Assert.All(Text(page).Where(line => line.StartsWith("- ", StringComparison.Ordinal)), item =>
        {
            Assert.DoesNotContain("as above", item, StringComparison.Ordinal);
            Assert.DoesNotContain(": as `", item, StringComparison.Ordinal);
            Assert.DoesNotContain("` as `", item, StringComparison.Ordinal);
        });
    }

    private static string[] Text(string page)
    {
        (int code, string output) = DeployLibrary.Run(Repository.Root, $"man_text flip-edge 'what it is' docs/{page}.md");
        Assert.True(code == 0, output);
        return output.Split('\n');
    }
}
