using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Flip.Edge.SystemTests.Support;

/// <summary>The <c>flip-edge-sim</c> that was built beside these tests.</summary>
internal static class SimulatorCommand
{
    public static ProcessStartInfo Start(params IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(Path.Combine(AppContext.BaseDirectory, "flip-edge-sim"), arguments);
        start.Environment.TryAdd("DOTNET_ROOT", Path.GetFullPath("../../..", RuntimeEnvironment.GetRuntimeDirectory()));
        return start;
    }
}
