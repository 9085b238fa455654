using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Flip.Edge.SystemTests.Support;

/// <summary>What a command came to.</summary>
/// <param name="ExitCode">0 done, 1 failed, 2 usage or configuration, 3 device not readable, 4 needs attention.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    public JsonNode Json => JsonNode.Parse(Output)!;

    /// <summary>Fails with everything that was said unless the exit code is this one.</summary>
    public CommandResult Exited(int expected)
    {
        Assert.True(ExitCode == expected, $"exit code {ExitCode} instead of {expected}\n{Output}\n{Error}");
        return this;
    }
}

/// <summary>
/// The <c>flip-edge</c> under test: what <c>FLIPEDGE_DAEMON</c> names, in CI the published native binary, else the one that was built
/// beside these tests.
/// </summary>
internal static class EdgeCommand
{
    public static ProcessStartInfo Start(params IEnumerable<string> arguments)
    {
        string program = Environment.GetEnvironmentVariable("FLIPEDGE_DAEMON") is { Length: > 0 } named
            ? Path.GetFullPath(named)
            : Path.Combine(AppContext.BaseDirectory, "flip-edge");
        Assert.True(File.Exists(program), $"there is no {program}");
        ProcessStartInfo start = new(program, arguments);
        foreach (string name in start.Environment.Keys.Where(IsForDaemons).ToArray()) start.Environment.Remove(name);
        start.Environment.TryAdd("DOTNET_ROOT", Path.GetFullPath("../../..", RuntimeEnvironment.GetRuntimeDirectory()));

        // A day in the configuration is a day at the gateway's place.
        start.Environment["TZ"] = "UTC";
        return start;
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<CommandResult> RunAsync(params IEnumerable<string> arguments)
    {
        await using RunningProcess process = RunningProcess.Start(Start(arguments));
        int exitCode = await process.ExitedAsync();
        return new(exitCode, process.Output, process.Error);
    }

    private static bool IsForDaemons(string name) =>
        name.StartsWith("FLIP_EDGE_", StringComparison.Ordinal) || name is "NOTIFY_SOCKET" or "WATCHDOG_USEC" or "CREDENTIALS_DIRECTORY" or "ASPNETCORE_URLS";
}
