using System.CommandLine;

namespace Flip.Edge.Cli;

/// <summary>The commands, and what they have in common.</summary>
internal static class EdgeCommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        RootCommand root = new("Reads a home battery's nameplate, commissions its site at Flip exactly once, and hands the enrollment over.")
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
        };
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (System.CommandLine.Parsing.ParseError error in parsed.Errors) await Console.Error.WriteLineAsync(error.Message);
            string command = parsed.CommandResult.Command is RootCommand ? "" : $" {parsed.CommandResult.Command.Name}";
            await Console.Error.WriteLineAsync($"See: flip-edge{command} --help");
            return ExitCodes.Usage;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(5) });
    }
}
