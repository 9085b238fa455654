using System.CommandLine;

namespace Flip.Edge.Flapping;

/// <summary>The command line of <c>flapping</c>.</summary>
internal static class FlappingCommand
{
    public const int Unusable = 2;
    private const int Grown = 1;

    public static RootCommand Create()
    {
        Option<double> hours = new("--hours") { Description = "Simulated hours, with the daemon in this process", DefaultValueFactory = _ => 24 };
        Option<string?> daemon = new("--daemon") { Description = "A flip-edge to start instead, in real time", HelpName = "FILE" };
        Option<double> minutes = new("--minutes") { Description = "How long, with --daemon", DefaultValueFactory = _ => 10 };
        Option<string?> log = new("--log") { Description = "Where the daemon's log goes; nowhere unless told", HelpName = "FILE" };
        RootCommand command = new(
            "Runs the daemon against a device and a broker that are refused, reset, silent or cut off in the middle of a message, and come back. " +
            "Prints its memory, threads and handles; exit code 1 when one of them grows.")
        { hours, daemon, minutes, log };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            // The daemon in this process logs to standard output, where the table is to stand alone.
            TextWriter output = parsed.InvocationConfiguration.Output, errors = parsed.InvocationConfiguration.Error;
            using TextWriter told = parsed.GetValue(log) is { } file ? new StreamWriter(file) { AutoFlush = true } : TextWriter.Null;
            Console.SetOut(told);
            try
            {
                await using World world = await World.StartAsync(cancellationToken);
                string? binary = parsed.GetValue(daemon);
                await using IDaemonUnderSoak edge = binary is null
                    ? await DaemonInProcess.StartAsync(world, cancellationToken)
                    : await NativeDaemon.StartAsync(world, Path.GetFullPath(binary), told, cancellationToken);
                Schedule schedule = binary is null
                    ? Schedule.Simulated(TimeSpan.FromHours(parsed.GetValue(hours)))
                    : Schedule.Real(TimeSpan.FromMinutes(parsed.GetValue(minutes)));
                return await new Soak(world, edge, schedule, output).RunAsync(cancellationToken) ? 0 : Grown;
            }
            catch (IOException missing)
            {
                await errors.WriteLineAsync($"flapping: {missing.Message}; --log FILE keeps the daemon's log");
                return Unusable;
            }
        });
        return command;
    }
}
