using System.CommandLine;
using System.CommandLine.Help;
using Flip.Edge.Cli;
using Flip.Edge.Engineering;

namespace Flip.Edge.Tests.Documents;

/// <summary>docs/commands.md, of which deploy/deb.sh makes the man page flip-edge(1), beside the command line itself.</summary>
public sealed class CommandsPageTests
{
    private const string Heading = "## flip-edge ";
    private static readonly string[] Page = File.ReadAllLines(Path.Combine(Repository.Root, "docs/commands.md"));

    public static TheoryData<string> Commands => [.. Leaves(EdgeCommandLine.Create(), "").Select(leaf => leaf.Path)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_is_on_the_page_with_each_argument_and_option_in_the_words_of_its_help(string path)
    {
        Command command = Leaves(EdgeCommandLine.Create(), "").Single(leaf => leaf.Path == path).Command;
        string[] section = Section(path);

        Assert.Equal(command.Description, section.FirstOrDefault(line => line.Length > 0));
        Assert.Equal(Rows(command).Select(Plain), section.Where(line => line.StartsWith("- ", StringComparison.Ordinal)).Select(Plain));
    }

    /// <summary>Regression: flip-edge(1) had "firstname, zipcode", as lowdown takes what stands between underscores for emphasis.</summary>
    [Fact]
    public void No_underscore_stands_outside_of_code() =>
        Assert.DoesNotContain(Page.Where(line => !line.StartsWith("    ", StringComparison.Ordinal)).SelectMany(line => line.Split('`').Where((_, index) => index % 2 == 0)), text => text.Contains('_', StringComparison.Ordinal));

    [Fact]
    public void No_command_is_on_the_page_that_there_is_not()
    {
        IEnumerable<string> headings = Page.Where(line => line.StartsWith(Heading, StringComparison.Ordinal)).Select(line => line[Heading.Length..]);

        Assert.Equal(Leaves(EdgeCommandLine.Create(), "").Select(leaf => leaf.Path).Order(StringComparer.Ordinal), headings.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_command_is_in_the_synopsis()
    {
        string synopsis = string.Join('\n', Page.SkipWhile(line => line != "## Synopsis").TakeWhile(line => line != "## Description"));

        Assert.All(EdgeCommandLine.Create().Subcommands, command => Assert.Contains($"flip-edge {command.Name}", synopsis, StringComparison.Ordinal));
    }

    [Fact]
    public void The_exit_codes_mean_what_the_readme_says()
    {
        string[] readme = [.. File.ReadLines(Path.Combine(Repository.Root, "README.md"))
            .SkipWhile(line => line != "| exit code | meaning |").Skip(2).TakeWhile(line => line.StartsWith('|'))
            .Select(row => row.Trim('|', ' ').Split(" | ", 2))
            .Select(cells => $"- `{cells[0]}`: {cells[1]}")];

        Assert.Equal(5, readme.Length);
        Assert.Equal(readme, Page.SkipWhile(line => line != "## Exit status").Skip(2).TakeWhile(line => line.Length > 0));
    }

    // The help of the command line has no marks.
    private static string Plain(string row) => row.Replace("`", "", StringComparison.Ordinal);

    private static string[] Section(string path) =>
        [.. Page.SkipWhile(line => line != Heading + path).Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))];

    private static IEnumerable<string> Rows(Command command)
    {
        foreach (Argument argument in command.Arguments) yield return $"- `{argument.Name}{(argument.Arity.MaximumNumberOfValues > 1 ? "…" : "")}`: {argument.Description}";
        foreach (Option option in command.Options.Where(option => option is not HelpOption && !option.Hidden))
        {
            string value = option.HelpName is { } name ? $" {name}" : "";
            string fallback = option.HasDefaultValue && option.GetDefaultValue() is string text ? $" [default: {text}]" : "";
            yield return $"- `{option.Name}{value}`: {option.Description}{fallback}";
        }
    }

    private static IEnumerable<(string Path, Command Command)> Leaves(Command command, string path) => command.Subcommands.Count == 0
        ? [(path, command)]
        : command.Subcommands.SelectMany(sub => Leaves(sub, path.Length == 0 ? sub.Name : $"{path} {sub.Name}"));
}
