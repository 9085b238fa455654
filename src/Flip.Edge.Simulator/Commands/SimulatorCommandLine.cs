using System.CommandLine;
using System.CommandLine.Invocation;
using Flip.Edge.Simulator.Cloud;

namespace Flip.Edge.Simulator.Commands;

/// <summary>The command <c>flip-edge-sim</c>.</summary>
public static class SimulatorCommandLine
{
    /// <summary>Done, or ended by Ctrl-C or SIGTERM as asked.</summary>
    public const int Done = 0;

    /// <summary>Something failed; standard error says what.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong; standard error says how.</summary>
    public const int Usage = 2;

    /// <summary>Ctrl-C and SIGTERM cancel the command, which then has this long to end its children.</summary>
    private static readonly TimeSpan EndingTime = TimeSpan.FromSeconds(20);

    public static RootCommand Create() => new(
        "Simulated batteries, a mock Flip cloud and an MQTT broker, to try Flip.Edge without any of the real ones.\n" +
        "Everything listens on loopback only. Exit codes: 0 done or ended by Ctrl-C, 1 failed, 2 wrong command line.")
    {
        DemoCommand.Create(),
        new DeviceCommand(),
        new ButtonCommand(),
        CloudCommand.Create(),
        ImagesCommand.Create(),
        BehavioursCommand.Create(),
    };

    /// <summary>Runs a command line and returns its exit code.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter? output = null, TextWriter? error = null, CancellationToken ct = default)
    {
        var configuration = new InvocationConfiguration { ProcessTerminationTimeout = EndingTime, EnableDefaultExceptionHandler = false };
        if (output is not null) configuration.Output = output;
        if (error is not null) configuration.Error = error;
        var parsed = Create().Parse(args);
        if (parsed.Action is ParseErrorAction wrong) wrong.ShowHelp = args.Count == 0;
        try
        {
            var exitCode = await parsed.InvokeAsync(configuration, ct).ConfigureAwait(false);
            return parsed.Action is ParseErrorAction ? Usage : exitCode;
        }
        catch (IOException exception)
        {
            await configuration.Error.WriteLineAsync($"flip-edge-sim: {exception.Message}").ConfigureAwait(false);
            return Failed;
        }
    }

    /// <summary>Waits until the user ends the command, or until the task ends.</summary>
    public static async Task UntilEndedAsync(Task task, CancellationToken ct)
    {
        try
        {
            await task.WaitAsync(ct).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // As asked.
        }
    }
}
