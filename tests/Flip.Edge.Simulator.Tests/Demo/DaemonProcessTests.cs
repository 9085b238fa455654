using System.Diagnostics;
using Flip.Edge.Simulator.Demo;

namespace Flip.Edge.Simulator.Tests.Demo;

public sealed class DaemonProcessTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flip-edge-sim-tests-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task It_is_asked_to_end_with_SIGTERM_and_may_tidy_up()
    {
        await using var daemon = Start("trap 'echo tidy; exit 7' TERM; echo ready; while :; do sleep 0.05; done");
        await ReadyAsync(daemon);
        Assert.True(await daemon.StopAsync());
        Assert.Equal(7, daemon.ExitCode);
        Assert.Equal(["ready", "tidy"], daemon.LogTail(10));
    }

    [Fact]
    public async Task What_it_writes_to_both_outputs_goes_to_its_log()
    {
        await using var daemon = Start("echo out; echo err >&2");
        await daemon.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["err", "out"], daemon.LogTail(10).Order());
        Assert.Single(daemon.LogTail(1));
    }

    [Fact]
    public void A_program_that_does_not_exist_is_said_in_a_sentence()
    {
        var exception = Assert.Throws<IOException>(
            () => DaemonProcess.Start(new ProcessStartInfo("/no/such/daemon"), _folder.FullName, Path.Combine(_folder.FullName, "log")));
        Assert.Contains("/no/such/daemon", exception.Message, StringComparison.Ordinal);
    }

    private DaemonProcess Start(string script) =>
        DaemonProcess.Start(new ProcessStartInfo("/bin/sh", ["-c", script]), _folder.FullName, Path.Combine(_folder.FullName, "log"));

    private static async Task ReadyAsync(DaemonProcess daemon)
    {
        while (!daemon.LogTail(1).Contains("ready"))
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
    }
}
