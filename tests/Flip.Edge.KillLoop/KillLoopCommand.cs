using System.CommandLine;
using System.CommandLine.Parsing;
using Flip.Edge.Simulator.Demo;

namespace Flip.Edge.KillLoop;

/// <summary>The command line of <c>kill-loop</c>.</summary>
internal static class KillLoopCommand
{
    private const int Failed = 1;
    public const int Unusable = 2;

    public static RootCommand Create()
    {
        Option<string?> daemon = new("--daemon")
        {
            Description = $"The flip-edge to start, such as the published one; without it {DaemonBinary.Variable}, or the one that was built with this",
            HelpName = "PATH",
        };
        Option<SeedRange> seeds = new("--seeds")
        {
            Description = "The seeds: one, or the first and the last",
            HelpName = "1-50",
            DefaultValueFactory = _ => new(1, 50),
            CustomParser = Read,
        };
        Option<int> kills = new("--kills-per-seed") { Description = "How often the daemon of one seed is killed", DefaultValueFactory = _ => 3 };
        Option<int> parallel = new("--parallel") { Description = "How many seeds run at the same time", DefaultValueFactory = _ => 4 };
        Option<string?> json = new("--json") { Description = "Writes the report to this file, too", HelpName = "FILE" };
        Option<string?> keep = new("--keep")
        {
            Description = "Where the folders of failed seeds are left, with the daemon's logs; a new folder among the temporary ones unless told",
            HelpName = "FOLDER",
        };
        RootCommand command = new(
            "Commissions a simulated site for each seed with the real daemon, kills it with SIGKILL again and again while cloud, device and broker " +
            "fail, and compares the cloud's ledger with the daemon's own history. Exit code 1 when a seed failed, 2 when nothing could be run.")
        { daemon, seeds, kills, parallel, json, keep };
        AtLeast(0, kills);
        AtLeast(1, parallel);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(daemon) is { } path) Environment.SetEnvironmentVariable(DaemonBinary.Variable, Path.GetFullPath(path));
            KillLoopRun run = new(parsed.GetValue(seeds)!, parsed.GetValue(kills), parsed.GetValue(parallel), parsed.GetValue(json), parsed.GetValue(keep));
            try
            {
                return await run.RunAsync(parsed.InvocationConfiguration.Output, cancellationToken) ? 0 : Failed;
            }
            catch (IOException missing)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"kill-loop: {missing.Message}");
                return Unusable;
            }
        });
        return command;
    }

    private static void AtLeast(int least, Option<int> option) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int>() < least) result.AddError($"{option.Name} is {result.GetValueOrDefault<int>()}, and has to be at least {least}.");
    });

    private static SeedRange? Read(ArgumentResult argument)
    {
        if (SeedRange.TryParse(argument.Tokens[0].Value, out SeedRange? range)) return range;
        argument.AddError($"--seeds is \"{argument.Tokens[0].Value}\", and has to be a seed such as 7, or a range such as 1-50.");
        return null;
    }
}
