using System.CommandLine;
using Flip.Edge.Simulator.Devices;

namespace Flip.Edge.Simulator.Commands;

/// <summary><c>flip-edge-sim images</c>.</summary>
internal static class ImagesCommand
{
    public static Command Create()
    {
        var command = new Command("images", "Lists the devices that can be simulated");
        command.SetAction(parsed =>
        {
            foreach (var image in DeviceImages.All) parsed.InvocationConfiguration.Output.WriteLine($"{image.Name,-16} {image.Description}");
        });
        return command;
    }
}
