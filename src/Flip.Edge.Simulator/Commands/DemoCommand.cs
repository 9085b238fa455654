using System.CommandLine;

namespace Flip.Edge.Simulator.Commands;

internal static class DemoCommand
{
    public static Command Create() => new("demo");
}
