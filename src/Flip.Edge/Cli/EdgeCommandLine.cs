using System.CommandLine;
using Flip.Edge.Devices.Profiles;

namespace Flip.Edge.Cli;

/// <summary>The commands, and what they have in common.</summary>
internal static class EdgeCommandLine
{
    /// <summary>Every command; docs/commands.md and flip-edge(1) are held to it by a test.</summary>
    public static RootCommand Create() => new("Reads a home battery's nameplate, commissions its site at Flip exactly once, and hands the enrollment over.")
    {
        RunCommand.Create(),
        ProbeCommand.Create(),
        ScanCommand.Create(),
        CommissionCommand.Create(),
        StatusCommand.Create(),
        SiteCommand.Create(),
        ReloadCommand.Create(),
        ProfilesCommand.Create(),
        ConfigCommand.Create(),
        DoctorCommand.Create(),
    };

    public static async Task<int> RunAsync(string[] args)
    {
        StandardStreams.Complete();
        TerminalText.Guard();
        ParseResult parsed = Create().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            IEnumerable<string> mistakes = Misspelt(parsed) is { } misspelt ? [misspelt] : parsed.Errors.Select(error => Plain(error.Message));
            foreach (string mistake in mistakes) await Console.Error.WriteLineAsync(mistake);
            await Console.Error.WriteLineAsync($"See: flip-edge{Path(parsed.CommandResult)} --help");
            return ExitCodes.Usage;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(5) });
    }

    /// <summary>A command that there is not, with the one that was meant; null when that is not the mistake.</summary>
    // The parser says first that no command was given, and what follows is measured against one that was not meant.
    internal static string? Misspelt(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        return command.Subcommands.Count > 0 && parsed.UnmatchedTokens is [var word, ..] && !word.StartsWith('-')
            ? $"\"{word}\" is no command of flip-edge{Path(parsed.CommandResult)}; {Spelling.Hint(word, command.Subcommands.Select(sub => sub.Name))}"
            : null;
    }

    /// <summary>The command with those that it belongs to: <c> scan tcp</c>.</summary>
    internal static string Path(System.CommandLine.Parsing.CommandResult result)
    {
        string path = "";
        for (System.CommandLine.Parsing.SymbolResult? at = result; at is System.CommandLine.Parsing.CommandResult { Command: not RootCommand } command; at = at.Parent)
        {
            path = $" {command.Command.Name}{path}";
        }

        return path;
    }

    /// <summary>A mistake without the names of .NET's types.</summary>
    internal static string Plain(string message)
    {
        const string Type = " as expected type '";
        int at = message.IndexOf(Type, StringComparison.Ordinal);
        if (at < 0) return message;
        string type = message[(at + Type.Length)..];
        string expected = type.Contains("Double", StringComparison.Ordinal) || type.Contains("Decimal", StringComparison.Ordinal) ? "a number, as in 2.5, is expected"
            : type.Contains("Int", StringComparison.Ordinal) ? "a whole number is expected" : "it has another form";
        return $"{message[..at]}: {expected}";
    }
}
