using System.CommandLine;
using System.CommandLine.Help;
using Flip.Edge.Devices.Profiles;

namespace Flip.Edge.Cli;

/// <summary>The commands, and what they have in common.</summary>
internal static class EdgeCommandLine
{
    private const string Description = """
        Reads a home battery's nameplate, commissions its site at Flip exactly once, and hands the enrollment over.

        On a gateway: fill in /etc/flip-edge/flip-edge.json, then flip-edge config check, systemctl restart flip-edge, flip-edge status, and flip-edge commission when all is right. More: man flip-edge
        """;

    /// <summary>Every command; docs/commands.md and flip-edge(1) are held to it by a test.</summary>
    public static RootCommand Create() => Create(StandardStreams.WidthOf(StandardStreams.Output));

    /// <param name="width">Columns of the terminal; null without one.</param>
    internal static RootCommand Create(int? width)
    {
        RootCommand root = new(Description)
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

        // Else it would ask .NET's console, which changes the terminal's mode (StandardOutput).
        foreach (HelpAction help in root.Options.Select(option => option.Action).OfType<HelpAction>())
        {
            // HelpBuilder throws below 4 columns.
            help.MaxWidth = Math.Max(Wrapped.Least, width ?? int.MaxValue);
        }

        return root;
    }

    public static async Task<int> RunAsync(string[] args)
    {
        StandardStreams.Complete(mayBeUnheard: args is ["run", ..]);
        TerminalText.Guard();
        try
        {
            return await InvokeAsync(args);
        }
        catch (OutputLostException lost)
        {
            await Console.Error.WriteLineAsync(lost.Message);
            return ExitCodes.Failed;
        }
    }

    private static async Task<int> InvokeAsync(string[] args)
    {
        ParseResult parsed = Create().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            IEnumerable<string> mistakes = (Misspelt(parsed) ?? Missing(parsed)) is { } mistaken ? [mistaken] : parsed.Errors.Select(error => Plain(error.Message));
            foreach (string mistake in mistakes) await Wrapped.WriteErrorAsync(Console.Error, mistake);
            await Wrapped.WriteErrorAsync(Console.Error, $"See: flip-edge{Path(parsed.CommandResult)} --help");
            return ExitCodes.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(5), EnableDefaultExceptionHandler = false });
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C, of which whoever pressed it knows.
            return ExitCodes.Failed;
        }
#pragma warning disable CA1031 // Whatever it was, the exit code is one that is documented, and not that of a crash.
        catch (Exception failed) when (failed is not OutputLostException)
#pragma warning restore CA1031
        {
            await Console.Error.WriteLineAsync($"flip-edge failed unexpectedly, which is a fault of its own. Please report it with all of this:\n{failed}");
            return ExitCodes.Failed;
        }
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

    /// <summary>What there is, where no command was given; null when that is not the mistake.</summary>
    internal static string? Missing(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        return command.Subcommands.Count > 0 && parsed.UnmatchedTokens.Count == 0
            ? $"flip-edge{Path(parsed.CommandResult)} needs a command: {string.Join(", ", command.Subcommands.Select(sub => sub.Name))}"
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
