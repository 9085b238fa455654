using System.CommandLine;
using Flip.Edge.Simulator.Hostile;

namespace Flip.Edge.Simulator.Commands;

/// <summary><c>flip-edge-sim behaviours</c>.</summary>
internal static class BehavioursCommand
{
    public static Command Create()
    {
        var command = new Command("behaviours", "Lists how simulated devices and their lines can misbehave, and what a reader should make of it");
        command.SetAction(parsed =>
        {
            foreach (var behaviour in Behaviours.All)
            {
                parsed.InvocationConfiguration.Output.WriteLine($"{behaviour.Name,-28} {On(behaviour),-5} {behaviour.Description}");
            }
        });
        return command;
    }

    private static string On(DeviceBehaviour behaviour) => behaviour is WireBehaviour wire ? wire.On switch
    {
        HostileWires.Tcp => "tcp",
        HostileWires.Rtu => "rtu",
        _ => "both",
    } : "both";
}
