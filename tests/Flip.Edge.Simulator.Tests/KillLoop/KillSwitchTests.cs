using System.Diagnostics;
using Flip.Edge.KillLoop;
using Flip.Edge.KillLoop.Plans;
using Flip.Edge.Simulator.Demo;

namespace Flip.Edge.Simulator.Tests.KillLoop;

public sealed class KillSwitchTests : IAsyncDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fest-");
    private readonly DaemonProcess _process;
    private readonly FaultCounts _counts = new();

    public KillSwitchTests() => _process = DaemonProcess.Start(new ProcessStartInfo("sleep", ["60"]), _folder.FullName, Path.Combine(_folder.FullName, "log"));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task It_kills_at_the_moment_of_the_order_and_counts_it_once()
    {
        KillSwitch kill = new(_counts);
        kill.Arm(_process, new(KillMoment.Committed, 2, TimeSpan.Zero, Long));
        kill.Reached(KillMoment.Answering);
        kill.Reached(KillMoment.Committed);
        Assert.False(_process.HasExited);

        kill.Reached(KillMoment.Committed);
        kill.Reached(KillMoment.Committed);
        await _process.WaitAsync(Cancelled);
        Assert.Equal(128 + 9, _process.ExitCode);
        Assert.Equal([KeyValuePair.Create(KillMoment.Committed, 1)], _counts.Kills);
    }

    [Fact]
    public async Task A_moment_that_does_not_come_is_not_waited_for_longer_than_its_patience()
    {
        new KillSwitch(_counts).Arm(_process, new(KillMoment.Committed, 1, TimeSpan.Zero, TimeSpan.FromMilliseconds(50)));
        await _process.WaitAsync(Cancelled);
        Assert.Equal([KeyValuePair.Create(KillMoment.AtRandom, 1)], _counts.Kills);
    }

    [Fact]
    public void Disarmed_it_kills_nobody()
    {
        KillSwitch kill = new(_counts);
        kill.Arm(_process, new(KillMoment.Committed, 1, TimeSpan.Zero, Long));
        kill.Disarm();
        kill.Reached(KillMoment.Committed);
        Assert.Equal(0, _counts.KillsInAll);
        Assert.False(_process.HasExited);
    }
}
