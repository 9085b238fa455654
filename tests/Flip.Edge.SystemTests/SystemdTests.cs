using System.Text.Json.Nodes;
using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.SystemTests.Support;

namespace Flip.Edge.SystemTests;

/// <summary>What systemd is told, by a daemon whose parent is not systemd: ProtectProc=invisible hides the real one as well.</summary>
public sealed class SystemdTests
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task Ready_is_told_when_the_groups_socket_answers_and_the_status_follows_the_commissioning()
    {
        await using HostedDevice device = await Site.DeviceAsync();
        await using MockFlipCloud cloud = await Site.CloudAsync();
        await using FakeSystemd systemd = new();
        await using EdgeProcess edge = EdgeProcess.Prepare(Site.Configuration(cloud, device));
        systemd.Adopt(edge);
        await edge.StartAsync();
        Assert.Equal(1, systemd.Told.Count(message => message.StartsWith("READY=1\nSTATUS=waiting for someone to start the commissioning", StringComparison.Ordinal)));
        Assert.True(File.GetUnixFileMode(edge.Socket).HasFlag(UnixFileMode.GroupWrite));
        await edge.PressAsync();
        await edge.ReachesAsync("commissioned");
        await systemd.HearsAsync(message => message == $"STATUS=commissioned as {Site.Id}; {Site.DeviceId} ok; enrollment ACTIVE", "the status", edge);
        Assert.Equal(0, await edge.StopAsync());
        await systemd.HearsAsync(message => message.StartsWith("STOPPING=1\n", StringComparison.Ordinal), "STOPPING=1", edge);
        Assert.DoesNotContain("WATCHDOG=1", systemd.Told);
        foreach (string secret in Site.HomeownerData) Assert.DoesNotContain(systemd.Told, message => message.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reload_is_framed_and_a_refused_one_stays_in_the_status()
    {
        await using FakeSystemd systemd = new();
        await using EdgeProcess edge = EdgeProcess.Prepare(Site.Configuration("http://127.0.0.1:1", "tcp://127.0.0.1:1"));
        systemd.Adopt(edge);
        await edge.StartAsync();
        edge.Configuration["Mqtt"]!["Prot"] = 1883;
        edge.WriteConfiguration();
        edge.Daemon.Signal(PosixSignalNumber.HangUp);
        await systemd.HearsAsync(message => message.Contains("the configuration has errors", StringComparison.Ordinal), "the refused reload", edge);
        string[] told = [.. systemd.Told];
        int began = Array.FindIndex(told, message => message.StartsWith("RELOADING=1\nMONOTONIC_USEC=", StringComparison.Ordinal));
        Assert.True(began > 0 && Array.IndexOf(told, "READY=1") > began, string.Join('\n', told));
    }

    [Fact]
    public async Task Dead_devices_clouds_and_brokers_do_not_starve_the_watchdog()
    {
        JsonObject configuration = Site.Configuration("http://127.0.0.1:1", "tcp://127.0.0.1:1");
        configuration["Mqtt"] = new JsonObject { ["Host"] = "127.0.0.1", ["Port"] = 1 };
        await using FakeSystemd systemd = new();
        await using EdgeProcess edge = EdgeProcess.Prepare(configuration);
        systemd.Adopt(edge, Watchdog);
        await edge.StartAsync();
        await edge.PressAsync();
        await edge.ReachesAsync("waiting", "device");
        await Eventually.TrueAsync(() => systemd.Fed >= 8, "8 signs of life", () => edge.Story, TimeSpan.FromMinutes(1));
        Assert.False(edge.Daemon.Says("Hangs:"), edge.Story);
    }

    [Theory]
    [InlineData("reading", "Hangs: devices > device xyz-123 > ")]
    [InlineData("a write", "Hangs: local endpoint > a write to the database")]
    public async Task A_hung_worker_starves_it_and_the_log_says_which_and_where(string hang, string says)
    {
        await using HostedDevice device = await Site.DeviceAsync();
        await using FakeSystemd systemd = new();
        await using EdgeProcess edge = EdgeProcess.Prepare(Site.Configuration("http://127.0.0.1:1", device.Endpoint.ToString()));
        systemd.Adopt(edge, Watchdog);
        edge.Environment["FLIPEDGE_HANG"] = hang;
        await edge.StartAsync();
        Task press = edge.PressAsync();
        await edge.Daemon.WaitForAsync("Hangs: ");
        Assert.Contains(says, edge.Story, StringComparison.Ordinal);
        Assert.Contains("The watchdog is not fed any more", edge.Story, StringComparison.Ordinal);
        await edge.Daemon.WaitForAsync("While it hangs: ");
        // Five times the interval between two looks, and not one sign of life more.
        int fed = systemd.Fed;
        await Task.Delay(Watchdog * 1.25, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(fed, systemd.Fed);
        // What systemd does then; the next daemon begins where this one was.
        await edge.KillAsync();
        await press.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        edge.Environment.Remove("FLIPEDGE_HANG");
        await edge.StartAsync();
        await Eventually.TrueAsync(() => systemd.Fed > fed, "a sign of life", () => edge.Story);
    }

    [Fact]
    public async Task A_daemon_that_ends_soon_after_each_start_waits_longer_and_can_be_stopped_meanwhile()
    {
        await using FakeSystemd systemd = new();
        await using EdgeProcess edge = EdgeProcess.Prepare(Site.Configuration("http://127.0.0.1:1", "tcp://127.0.0.1:1"));
        systemd.Adopt(edge);
        for (int start = 0; start < 2; start++)
        {
            await edge.StartAsync();
            await edge.KillAsync();
        }

        Assert.DoesNotContain(systemd.Told, message => message.StartsWith("EXTEND_TIMEOUT_USEC=", StringComparison.Ordinal));
        Task third = edge.StartAsync();
        await systemd.HearsAsync(message => message.StartsWith("EXTEND_TIMEOUT_USEC=65000000\nSTATUS=flip-edge has ended 2 times in a row", StringComparison.Ordinal), "the wait", edge);
        Assert.Equal(0, await edge.StopAsync());
        await third.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        Assert.False(File.Exists(Path.Combine(systemd.RuntimeDirectory, "restarts")));
        await edge.StartAsync();
    }
}
