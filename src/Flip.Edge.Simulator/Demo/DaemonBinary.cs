using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Flip.Edge.Simulator.Demo;

/// <summary>Finds the real daemon: what <c>FLIPEDGE_DAEMON</c> names, or the one that was built into this folder.</summary>
internal static class DaemonBinary
{
    public const string Variable = "FLIPEDGE_DAEMON";

    /// <summary>How to start it with these arguments.</summary>
    /// <exception cref="IOException">There is none.</exception>
    public static ProcessStartInfo Command(params IEnumerable<string> arguments)
    {
        var (program, library) = Find();
        var start = new ProcessStartInfo(program);
        if (library is not null) start.ArgumentList.Add(library);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);

        // A user's own settings for a daemon must not reach this one. The runtime may be in a place that only this process was told.
        foreach (var name in start.Environment.Keys.Where(IsForDaemons).ToArray()) start.Environment.Remove(name);
        start.Environment.TryAdd("DOTNET_ROOT", Path.GetFullPath("../../..", RuntimeEnvironment.GetRuntimeDirectory()));
        return start;
    }

    /// <summary>As a person would type it.</summary>
    public static string Text()
    {
        var (program, library) = Find();
        return library is null ? program : $"{program} {library}";
    }

    private static (string Program, string? Library) Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return File.Exists(named) ? (Path.GetFullPath(named), null) : throw new IOException($"{Variable} names {named}, and there is no such file.");
        }

        var built = Path.Combine(AppContext.BaseDirectory, "flip-edge");
        if (File.Exists(built)) return (built, null);
        return File.Exists(built + ".dll")
            ? ("dotnet", built + ".dll")
            : throw new IOException($"The daemon flip-edge is not in {AppContext.BaseDirectory}. Build the solution, or name it in {Variable}.");
    }

    private static bool IsForDaemons(string name) =>
        name.StartsWith("FLIP_EDGE_", StringComparison.Ordinal) || name is "NOTIFY_SOCKET" or "WATCHDOG_USEC" or "CREDENTIALS_DIRECTORY" or "ASPNETCORE_URLS";
}
