using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Flip.Edge.Simulator.Tests.Demo;

/// <summary>The demo as a user runs it: a process of its own, with a temporary folder that only it uses.</summary>
public sealed class DemoCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sim-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Once_commissions_with_the_real_daemon_and_prints_the_final_status_alone()
    {
        var (exitCode, output, error) = await RunAsync(null);
        Assert.True(exitCode == 0, error);
        var status = JsonNode.Parse(output)!;
        Assert.Equal("commissioned", (string?)status["commissioning"]!["state"]);
        Assert.Equal(2, (int)status["commissioning"]!["attempts"]!);
        Assert.Equal("ACTIVE", (string?)status["enrollment"]!["status"]);
        Assert.Equal(["xyz-123", "xyz-124"], status["enrollment"]!["device_ids"]!.AsArray().Select(id => (string?)id));
        foreach (var sentence in (string[])["15000 Wh", "SunSpec 802 WHRtg: 0x05DC 0x0001", "SunSpec 713 WHRtg", "Frozen in the outbox", "answers 503",
            "the same bytes again", "flip-edge/gw-demo/enrollment", "flip-edge/gw-demo/nameplate/xyz-124", "exactly one site after 2 requests"])
        {
            Assert.Contains(sentence, error, StringComparison.Ordinal);
        }

        Assert.Empty(_folder.GetFileSystemInfos());
    }

    [Fact(Timeout = 120_000)]
    public async Task Without_once_it_keeps_running_until_Ctrl_C_and_then_leaves_nothing_behind()
    {
        using var demo = Start(null, "demo");
        var story = new List<string>();
        while (await demo.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            story.Add(line);
            if (line.Contains("mosquitto_sub", StringComparison.Ordinal)) break;
        }

        Assert.False(demo.HasExited, string.Join('\n', story));
        using (var interrupt = Process.Start("/bin/sh", ["-c", $"kill -INT {demo.Id}"])) await interrupt.WaitForExitAsync(TestContext.Current.CancellationToken);
        await demo.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await demo.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, demo.ExitCode);
        Assert.Empty(_folder.GetFileSystemInfos());
        Assert.False(Directory.Exists($"/proc/{DaemonId(story)}"));
    }

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

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static string DaemonId(IEnumerable<string> story) => Regex.Match(string.Join('\n', story), @"\(process (\d+)\)").Groups[1].Value;

    private Process Start(string? binary, params string[] args)
    {
        // Whoever runs the tests in the background has Ctrl-C ignored, and every child would inherit that.
        string[] command = ["--default-signal=INT", Path.Combine(AppContext.BaseDirectory, "flip-edge-sim"), .. args];
        var start = new ProcessStartInfo("/usr/bin/env", command) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["TMPDIR"] = _folder.FullName;
        start.Environment["FLIPEDGE_DAEMON"] = binary;
        return Process.Start(start)!;
    }

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(string? binary)
    {
        using var demo = Start(binary, "demo", "--once");
        var error = demo.StandardError.ReadToEndAsync(Cancelled);
        var output = await demo.StandardOutput.ReadToEndAsync(Cancelled);
        await demo.WaitForExitAsync(Cancelled);
        return (demo.ExitCode, output, await error);
    }
}
