using System.Diagnostics;
using System.Text.Json.Nodes;
using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.SystemTests.Support;

namespace Flip.Edge.SystemTests;

/// <summary>The button, pressed by <c>flip-edge-sim button</c> through a FIFO that stands in for the input device.</summary>
public sealed class ButtonTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Fifo => _folder["button"];

    [Fact]
    public async Task A_bouncing_press_commissions_the_site_and_a_second_one_says_that_it_is_done()
    {
        await using HostedDevice device = await Site.DeviceAsync();
        await using MockFlipCloud cloud = await Site.CloudAsync();
        await using EdgeProcess edge = await StartAsync(Site.Configuration(cloud, device));
        await PressAsync("--bounce", "5");
        await edge.ReachesAsync("commissioned");
        await PressAsync();
        await edge.Daemon.WaitForAsync($"The button was pressed: site {Site.Id} is already commissioned, and nothing is done");

        Assert.Equal(1, cloud.Ledger.CommissionRequests);
        Site.IsCommissionedOnceIn(cloud);
        Assert.Equal(0, await edge.StopAsync());
    }

    [Fact]
    public async Task A_long_press_opens_the_installers_window_and_commissions_nothing()
    {
        await using HostedDevice device = await Site.DeviceAsync();
        await using MockFlipCloud cloud = await Site.CloudAsync();
        await using EdgeProcess edge = await StartAsync(Site.Configuration(cloud, device));
        await PressAsync("--long");
        await edge.Daemon.WaitForAsync("The button was held: the installer's window is open");

        await edge.ReachesAsync("waiting", "trigger");
        Assert.Equal(0, cloud.Ledger.CommissionRequests);
    }

    [Fact]
    public async Task A_FIFO_that_is_deleted_and_made_anew_is_heard_again_by_itself()
    {
        await using HostedDevice device = await Site.DeviceAsync();
        await using MockFlipCloud cloud = await Site.CloudAsync();
        await using EdgeProcess edge = await StartAsync(Site.Configuration(cloud, device));
        File.Delete(Fifo);
        await MakeFifoAsync();
        await edge.Daemon.WaitForAsync($"{Fifo} was deleted, moved or made anew");
        await Eventually.TrueAsync(async () => (await edge.GetAsync("api/v1/status"))["button"]![0]!["bound"] is not null, "the button bound again", () => edge.Story);

        await PressAsync();

        await edge.ReachesAsync("commissioned");
    }

    [Fact]
    public async Task A_button_a_line_and_a_LED_that_are_not_there_are_said_and_hold_nothing_up()
    {
        await using HostedDevice device = await Site.DeviceAsync();
        await using MockFlipCloud cloud = await Site.CloudAsync();
        JsonObject configuration = Site.Configuration(cloud, device);
        configuration["Button"] = new JsonObject
        {
            ["Input"] = new JsonObject { ["Device"] = "/dev/input/by-path/no-such-event" },
            ["Gpio"] = new JsonObject { ["Chip"] = "no-such-chip", ["Line"] = 17 },
        };
        configuration["Led"] = new JsonObject { ["Name"] = "no-such-led" };
        await using EdgeProcess edge = await EdgeProcess.StartAsync(configuration);
        await edge.Daemon.WaitForAsync("Button (input) is not bound: there is no /dev/input/by-path/no-such-event; ");
        await edge.Daemon.WaitForAsync("Button (gpio) is not bound: there is no GPIO chip \"no-such-chip\": ");
        await edge.Daemon.WaitForAsync("LED no-such-led can't be used: there is no LED \"no-such-led\" (Led:Name); ");
        Assert.Equal(["gpio", "input"], (await edge.GetAsync("api/v1/status"))["button"]!.AsArray().Select(button => (string?)button!["source"]));
        Assert.Contains("button         not bound: there is no GPIO chip", (await edge.RunAsync("status")).Output, StringComparison.Ordinal);

        string shown = string.Join(' ', (await edge.RunAsync("status")).Output.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("led no-such-led: can't be used: there is no LED \"no-such-led\" (Led:Name); ", shown, StringComparison.Ordinal);
        Assert.Contains("run flip-edge commission; the button is not bound, and a press would not be seen", shown, StringComparison.Ordinal);

        await edge.PressAsync();
        await edge.ReachesAsync("commissioned");
        Assert.Equal(0, await edge.StopAsync());
    }

    public void Dispose() => _folder.Dispose();

    private async Task<EdgeProcess> StartAsync(JsonObject configuration)
    {
        await MakeFifoAsync();
        configuration["Button"] = new JsonObject { ["Input"] = new JsonObject { ["Device"] = Fifo } };
        EdgeProcess edge = await EdgeProcess.StartAsync(configuration);
        await edge.Daemon.WaitForAsync($"Button (input): bound to KEY_PROG1 from the FIFO {Fifo}");
        return edge;
    }

    private async Task MakeFifoAsync()
    {
        using Process made = Process.Start("mkfifo", [Fifo]);
        await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, made.ExitCode);
    }

    private async Task PressAsync(params string[] options)
    {
        await using RunningProcess press = RunningProcess.Start(SimulatorCommand.Start(["button", Fifo, .. options]));
        int code = await press.ExitedAsync();
        Assert.True(code == 0, press.Story);
    }
}
