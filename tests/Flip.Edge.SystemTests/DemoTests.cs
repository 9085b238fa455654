using System.Text.Json.Nodes;
using Flip.Edge.SystemTests.Support;

namespace Flip.Edge.SystemTests;

/// <summary>The first command of the README, with the daemon under test.</summary>
public sealed class DemoTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(70);

    [Fact]
    public async Task It_ends_commissioned_and_writes_the_status_and_two_at_once_do_not_meet()
    {
        await using RunningProcess one = RunningProcess.Start(SimulatorCommand.Start("demo", "--once"));
        await using RunningProcess other = RunningProcess.Start(SimulatorCommand.Start("demo", "--once"));
        foreach (RunningProcess demo in (RunningProcess[])[one, other])
        {
            Assert.True(await demo.ExitedAsync(Limit) == 0, demo.Story);
            JsonNode status = JsonNode.Parse(demo.Output)!;
            Assert.Equal(("commissioned", "ACTIVE"), ((string?)status["commissioning"]!["state"], (string?)status["enrollment"]!["status"]));
            Assert.Equal(2, (int)status["commissioning"]!["attempts"]!);
            Assert.Equal(["ok", "ok"], status["devices"]!.AsArray().Select(device => (string?)device!["state"]));
            Assert.Contains("exactly one site after 2 requests", demo.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task It_runs_the_daemon_that_the_variable_names()
    {
        string? named = Environment.GetEnvironmentVariable("FLIPEDGE_DAEMON");
        await using RunningProcess demo = RunningProcess.Start(SimulatorCommand.Start("demo"));
        await demo.WaitForAsync("until Ctrl-C");
        if (named is { Length: > 0 }) Assert.Contains($"The real daemon starts: {Path.GetFullPath(named)} run", demo.Output, StringComparison.Ordinal);
        demo.Signal(PosixSignalNumber.Terminate);
        Assert.True(await demo.ExitedAsync() == 0, demo.Story);
    }
}
