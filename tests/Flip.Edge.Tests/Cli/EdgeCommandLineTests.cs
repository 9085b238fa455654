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

    /// <summary>A newcomer's finding: flip-edge stauts was answered with "Required command was not provided."</summary>
    [Theory]
    [InlineData("stauts", "\"stauts\" is no command of flip-edge; did you mean status?")]
    [InlineData("stauts --json", "\"stauts\" is no command of flip-edge; did you mean status?")]
    [InlineData("config chek", "\"chek\" is no command of flip-edge config; did you mean check?")]
    [InlineData("quux", "\"quux\" is no command of flip-edge; known here: commission, config, doctor, probe, profiles, reload, run, scan, site, status")]
    [InlineData("config", null)]
    [InlineData("--jsn", null)]
    [InlineData("status quux", null)]
    public void A_misspelt_command_is_answered_with_the_one_that_was_meant(string line, string? answer)
    {
        ParseResult parsed = EdgeCommandLine.Create().Parse(line.Split(' '));

        Assert.NotEmpty(parsed.Errors);
        Assert.Equal(answer, EdgeCommandLine.Misspelt(parsed));
    }

    [Theory]
    [InlineData("", "flip-edge needs a command: run, probe, scan, commission, status, site, reload, profiles, config, doctor")]
    [InlineData("config", "flip-edge config needs a command: check")]
    [InlineData("stauts", null)]
    [InlineData("status --socket", null)]
    public void Without_a_command_the_answer_names_those_that_there_are(string line, string? answer) =>
        Assert.Equal(answer, EdgeCommandLine.Missing(EdgeCommandLine.Create().Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries))));

    /// <summary>An attacker's finding: on a terminal of one to three columns the help failed unexpectedly.</summary>
    [Theory]
    [InlineData("--help")]
    [InlineData("scan tcp --help")]
    public async Task The_help_is_as_wide_as_the_terminal_and_never_narrower_than_40_columns(string line)
    {
        string[] shown = [await HelpAsync(1), await HelpAsync(3), await HelpAsync(40)];

        Assert.All(shown, text => Assert.Equal(shown[^1], text));
        Assert.NotEqual(shown[^1], await HelpAsync(100));

        async Task<string> HelpAsync(int width)
        {
            StringWriter output = new();
            int code = await EdgeCommandLine.Create(width).Parse(line.Split(' '))
                .InvokeAsync(new InvocationConfiguration { Output = output, EnableDefaultExceptionHandler = false }, TestContext.Current.CancellationToken);
            Assert.Equal(ExitCodes.Done, code);
            return output.ToString();
        }
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
