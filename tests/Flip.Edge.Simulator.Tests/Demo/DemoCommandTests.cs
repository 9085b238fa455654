using System.Diagnostics;

namespace Flip.Edge.Simulator.Tests.Demo;

/// <summary>The demo as a user runs it: a process of its own, with a temporary folder that only it uses.</summary>
public sealed class DemoCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sim-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_daemon_that_ends_by_itself_fails_the_demo_and_leaves_nothing_behind()
    {
        var (exitCode, output, error) = await RunAsync("/bin/false");
        Assert.Equal(1, exitCode);
        Assert.Contains("the daemon ended by itself with exit code 1", error, StringComparison.Ordinal);
        Assert.Empty(output);
        Assert.Empty(_folder.GetFileSystemInfos());
    }

    [Fact]
    public async Task A_daemon_that_is_not_there_is_named()
    {
        var (exitCode, _, error) = await RunAsync("/no/such/daemon");
        Assert.Equal(1, exitCode);
        Assert.Contains("FLIPEDGE_DAEMON names /no/such/daemon", error, StringComparison.Ordinal);
        Assert.Empty(_folder.GetFileSystemInfos());
    }

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(string? binary)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "flip-edge-sim"), ["demo", "--once"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TMPDIR"] = _folder.FullName;
        start.Environment.Remove("FLIPEDGE_DAEMON");
        if (binary is not null) start.Environment["FLIPEDGE_DAEMON"] = binary;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
