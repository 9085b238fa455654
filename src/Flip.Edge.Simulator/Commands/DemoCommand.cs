using System.CommandLine;
using Flip.Edge.Simulator.Demo;

namespace Flip.Edge.Simulator.Commands;

/// <summary><c>flip-edge-sim demo</c>.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        Option<bool> once = new("--once")
        {
            Description = "End once the site is commissioned: the story goes to standard error, and standard output is the final status as JSON " +
                "alone. Exit code 1 when it is not commissioned within 60 s",
        };
        var command = new Command(
            "demo",
            "Commissions a simulated site with the real daemon and tells the story: two batteries (Modbus TCP, and RTU on a pseudo-terminal), " +
            "a mock of Flip's cloud whose first answer is 503, and an MQTT broker. It needs no root, no installed broker and no fixed port, " +
            $"runs until Ctrl-C, and leaves nothing behind. {DaemonBinary.Variable} names another daemon, such as the published one.") { once };
        command.SetAction(async (parsed, ct) =>
        {
            var console = parsed.InvocationConfiguration;
            var good = await DemoProgram.RunAsync(parsed.GetValue(once), console.Output, console.Error, TimeProvider.System, ct).ConfigureAwait(false);
            return good ? SimulatorCommandLine.Done : SimulatorCommandLine.Failed;
        });
        return command;
    }
}
