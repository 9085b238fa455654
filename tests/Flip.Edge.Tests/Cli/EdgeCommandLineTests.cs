using System.CommandLine;
using Flip.Edge.Cli;

namespace Flip.Edge.Tests.Cli;

public sealed class EdgeCommandLineTests
{
    [Fact]
    public void The_hint_of_a_mistake_names_the_command_with_those_that_it_belongs_to()
    {
        ParseResult parsed = new RootCommand { ScanCommand.Create(), ProfilesCommand.Create() }.Parse(["scan", "tcp"]);
        Assert.NotEmpty(parsed.Errors);
        Assert.Equal(" scan tcp", EdgeCommandLine.Path(parsed.CommandResult));
    }

    [Theory]
    [InlineData("--timeout", "a number, as in 2.5, is expected")]
    [InlineData("--registers", "a whole number is expected")]
    public void A_value_of_another_type_is_told_without_the_names_of_dotnet(string option, string expected)
    {
        ParseResult parsed = new RootCommand { ProbeCommand.Create() }.Parse(["probe", "tcp://h", option, "abc"]);
        string plain = EdgeCommandLine.Plain(Assert.Single(parsed.Errors).Message);
        Assert.EndsWith(expected, plain, StringComparison.Ordinal);
        Assert.Contains("'abc'", plain, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", plain, StringComparison.Ordinal);
    }
}
