using System.Text.Json.Nodes;
using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.SystemTests.Support;

namespace Flip.Edge.SystemTests;

/// <summary>A person mends what needed attention: by the configuration and a reload, by a signal, by the site's data, by name.</summary>
public sealed class ReloadTests
{
    [Fact]
    public async Task A_corrected_configuration_and_flip_edge_reload_finish_what_Flip_had_refused()
    {
        await using HostedDevice device = await Site.DeviceAsync();
        await using MockFlipCloud cloud = await Site.CloudAsync("422");
        await using EdgeProcess edge = await EdgeProcess.StartAsync(Site.Configuration(cloud, device));
        await edge.PressAsync();
        await edge.ReachesAsync("attention", "invalid");

        edge.Configuration["Site"]!["ZipCode"] = "88801";
        edge.WriteConfiguration();
        CommandResult reload = (await edge.RunAsync("reload")).Exited(0);

        Assert.Contains("read anew", reload.Output, StringComparison.Ordinal);
        await edge.ReachesAsync("commissioned");
        Assert.Contains("88801", Assert.Single(cloud.Ledger.Sites).Site, StringComparison.Ordinal);
        Assert.Equal(["commissioned", "withdrawn"], (await edge.GetAsync("api/v1/commission/history")).AsArray().Select(entry => (string?)entry!["settled_as"]));
    }

    [Fact]
    public async Task A_configuration_with_errors_is_exit_2_names_them_and_the_daemon_goes_on_with_the_old_one()
    {
        await using HostedDevice device = await Site.DeviceAsync();
        await using MockFlipCloud cloud = await Site.CloudAsync();
        await using EdgeProcess edge = await EdgeProcess.StartAsync(Site.Configuration(cloud, device));
        edge.Configuration["Site"]!["StateCode"] = "XX";
        edge.Configuration["Mqtt"]!["Prot"] = 1884;
        edge.WriteConfiguration();

        CommandResult reload = (await edge.RunAsync("reload")).Exited(2);

        // Each once: the command reads the file too, to find the socket.
        string[] lines = reload.Error.Trim().Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("Site:StateCode: is \"XX\"", lines[0], StringComparison.Ordinal);
        Assert.Equal("Mqtt:Prot: is no known key; did you mean Mqtt:Port?", lines[1]);
        Assert.Equal("2 errors in the configuration: nothing was changed, and the daemon goes on with the one before", lines[2]);
        await edge.PressAsync();
        await edge.ReachesAsync("commissioned");
        Assert.Contains("\"AK\"", Assert.Single(cloud.Ledger.Sites).Site, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hang_up_signal_reloads_and_does_not_end_the_daemon()
    {
        await using HostedDevice device = await Site.DeviceAsync();
        await using MockFlipCloud cloud = await Site.CloudAsync("422");
        await using EdgeProcess edge = await EdgeProcess.StartAsync(Site.Configuration(cloud, device));
        await edge.PressAsync();
        await edge.ReachesAsync("attention", "invalid");

        edge.Daemon.Signal(PosixSignalNumber.HangUp);

        await edge.ReachesAsync("commissioned");
        await Eventually.TrueAsync(() => edge.Daemon.Says("The configuration was read anew: SIGHUP"), "the signal", () => edge.Story);
    }

    [Fact]
    public async Task A_broken_file_and_a_hang_up_signal_stand_in_the_status_until_the_file_is_mended()
    {
        await using EdgeProcess edge = await EdgeProcess.StartAsync(Site.Configuration("http://127.0.0.1:1", "tcp://127.0.0.1:1"));
        edge.Configuration["Mqtt"]!["Prot"] = 1884;
        edge.WriteConfiguration();

        edge.Daemon.Signal(PosixSignalNumber.HangUp);

        await Eventually.TrueAsync(async () => (string?)(await edge.GetAsync("api/v1/status"))["configuration"]!["state"] == "refused", "the refused reload", () => edge.Story);
        string shown = string.Join(' ', (await edge.RunAsync("status")).Exited(4).Output.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("configuration the configuration has errors, and the one before is used: Mqtt:Prot: is no known key; did you mean Mqtt:Port?", shown, StringComparison.Ordinal);

        edge.Configuration["Mqtt"]!.AsObject().Remove("Prot");
        edge.WriteConfiguration();
        edge.Daemon.Signal(PosixSignalNumber.HangUp);
        await Eventually.TrueAsync(async () => (string?)(await edge.GetAsync("api/v1/status"))["configuration"]!["state"] == "used", "the good reload", () => edge.Story);
    }

    [Fact]
    public async Task Site_data_from_a_file_are_used_and_gone_from_the_gateway_afterwards()
    {
        await using HostedDevice device = await Site.DeviceAsync();
        await using MockFlipCloud cloud = await Site.CloudAsync("422");
        await using EdgeProcess edge = await EdgeProcess.StartAsync(Site.Configuration(cloud, device));
        await edge.PressAsync();
        await edge.ReachesAsync("attention", "invalid");
        string file = Path.Combine(edge.DataDirectory, "..", "site.json");
        await File.WriteAllTextAsync(file, new JsonObject { ["id"] = Site.Id, ["first_name"] = "Hildegardis", ["zip_code"] = "88802" }.ToJsonString(), TestContext.Current.CancellationToken);

        (await edge.RunAsync("site", file)).Exited(0);

        await edge.ReachesAsync("commissioned");
        Assert.Contains("Hildegardis", Assert.Single(cloud.Ledger.Sites).Site, StringComparison.Ordinal);
        await Eventually.TrueAsync(
            () => !Directory.GetFiles(edge.DataDirectory).Any(path => Path.GetExtension(path) != ".lock" && File.ReadAllText(path, System.Text.Encoding.Latin1).Contains("Hildegardis", StringComparison.Ordinal)),
            "the homeowner's name gone from every file", () => edge.Story);
        CommandResult late = (await edge.RunAsync("site", file)).Exited(1);
        Assert.Contains("Commissioned already", late.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_site_is_commissioned_again_by_its_name_and_no_other()
    {
        await using HostedDevice device = await Site.DeviceAsync();
        await using MockFlipCloud cloud = await Site.CloudAsync();
        await using EdgeProcess edge = await EdgeProcess.StartAsync(Site.Configuration(cloud, device));
        (await edge.RunAsync("commission", "--wait", "20")).Exited(0);

        CommandResult other = (await edge.RunAsync("commission", "--again", "abc-987")).Exited(4);
        Assert.Contains("commissioned as site abc-789, and not as abc-987", other.Error, StringComparison.Ordinal);
        (await edge.RunAsync("commission", "--again", Site.Id, "--wait", "20")).Exited(0);

        Assert.Equal(2, cloud.Ledger.CommissionRequests);
        Assert.Single(cloud.Ledger.Sites);
    }

    [Fact]
    public async Task What_Flip_decides_later_reaches_the_installers_status_with_the_reason()
    {
        await using HostedDevice device = await Site.DeviceAsync();
        await using MockFlipCloud cloud = await Site.CloudAsync();
        await using EdgeProcess edge = await EdgeProcess.StartAsync(Site.Configuration(cloud, device));
        (await edge.RunAsync("commission", "--wait", "20")).Exited(0);

        cloud.Ledger.SetEnrollment(Site.Id, "NEEDS_ACTION");
        JsonNode? last = null;
        await Eventually.TrueAsync(
            async () =>
            {
                using HttpResponseMessage answer = await edge.Api.PostAsync(new Uri("api/v1/enrollment/refresh", UriKind.Relative), null, TestContext.Current.CancellationToken);
                last = await edge.GetAsync("api/v1/status");
                return (string?)last["enrollment"]!["status"] == "NEEDS_ACTION";
            },
            "the enrollment as Flip has it now", () => $"{last}\n{edge.Story}");

        Assert.Contains("the homeowner has to act", (await edge.RunAsync("status")).Exited(0).Output, StringComparison.Ordinal);
        // Not by enrollment_check: each look asks for another refresh, which finds it unchanged.
        await edge.Daemon.WaitForAsync("became NEEDS_ACTION");
    }
}
