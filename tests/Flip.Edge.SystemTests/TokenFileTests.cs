using System.Text.Json.Nodes;
using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.SystemTests.Support;

namespace Flip.Edge.SystemTests;

/// <summary>A token that can't be used: a person is told, nothing is sent without one, and it goes on once it is mended.</summary>
public sealed class TokenFileTests
{
    [Fact]
    public async Task A_file_that_anyone_can_read_is_not_used_until_its_mode_is_mended()
    {
        await using HostedDevice device = await Site.DeviceAsync();
        await using MockFlipCloud cloud = await Site.CloudAsync();
        await using EdgeProcess edge = EdgeProcess.Prepare(Site.Configuration(cloud, device));
        File.SetUnixFileMode(edge.TokenFile, (UnixFileMode)0b110_100_100);
        await edge.StartAsync();
        CommandResult commission = (await edge.RunAsync("commission", "--wait", "20", "--json")).Exited(4);
        JsonNode status = commission.Json["commissioning"]!;
        Assert.Equal(("attention", "unauthorized"), ((string?)status["state"], (string?)status["reason_code"]));
        Assert.Contains($"{edge.TokenFile} is open to every user: found mode 0644, expected 0600; run chmod 600 {edge.TokenFile}", (string)status["reason"]!, StringComparison.Ordinal);
        Assert.Equal(0, cloud.Ledger.CommissionRequests);

        File.SetUnixFileMode(edge.TokenFile, (UnixFileMode)0b110_000_000);
        await edge.ReachesAsync("commissioned");
        Site.IsCommissionedOnceIn(cloud);
    }

    [Fact]
    public async Task One_that_is_missing_is_told_by_log_and_status_before_anybody_presses_and_needs_a_reload_at_most()
    {
        await using HostedDevice device = await Site.DeviceAsync();
        await using MockFlipCloud cloud = await Site.CloudAsync();
        await using EdgeProcess edge = EdgeProcess.Prepare(Site.Configuration(cloud, device));
        File.Delete(edge.TokenFile);
        await edge.StartAsync();
        await edge.Daemon.WaitForAsync($"Nothing can be sent to Flip (token): The token file {edge.TokenFile} does not exist: create it with mode 0600, or correct Flip:TokenFile");
        CommandResult status = (await edge.RunAsync("status")).Exited(4);
        Assert.Contains("credential     The token file ", status.Output, StringComparison.Ordinal);
        Assert.Equal(4, (await edge.RunAsync("commission", "--wait", "20")).ExitCode);
        Assert.Equal(0, (int?)(await edge.CommissioningAsync())["attempts"]);

        await File.WriteAllTextAsync(edge.TokenFile, EdgeProcess.Token, TestContext.Current.CancellationToken);
        File.SetUnixFileMode(edge.TokenFile, (UnixFileMode)0b110_000_000);
        edge.Daemon.Signal(PosixSignalNumber.HangUp);

        Assert.Equal(1, (int?)(await edge.ReachesAsync("commissioned"))["attempts"]);
        Site.IsCommissionedOnceIn(cloud);
        (await edge.RunAsync("status")).Exited(0);
    }

    [Theory]
    [InlineData]
    [InlineData("--wait", "1.5")]
    public async Task While_it_is_missing_and_no_device_answers_commission_keeps_the_press_and_says_who_is_needed(params string[] wait)
    {
        await using EdgeProcess edge = EdgeProcess.Prepare(Site.Configuration("http://127.0.0.1:1", $"tcp://127.0.0.1:{FreePort.Next()}"));
        File.Delete(edge.TokenFile);
        await edge.StartAsync();

        CommandResult commission = (await edge.RunAsync(["commission", .. wait])).Exited(4);

        Assert.Contains($"nothing can be sent to Flip yet: The token file {edge.TokenFile} does not exist: create it with mode 0600, or correct Flip:TokenFile. What was asked for is kept", commission.Error, StringComparison.Ordinal);
        Assert.True((bool)(await edge.CommissioningAsync())["requested"]!);
    }

    [Fact]
    public async Task Config_check_and_run_agree_that_a_gateway_may_start_before_it_is_there()
    {
        using TempFolder folder = new();
        string file = folder.Write("flip-edge.json", $$"""{ "Gateway": { "Id": "gw" }, "Flip": { "TokenFile": "{{folder["token"]}}" }, "Site": { "Id": "s" }, "Devices": [ { "Id": "x", "Endpoint": "tcp://127.0.0.1" } ] }""");

        CommandResult check = (await EdgeCommand.RunAsync("config", "check", "--config", file)).Exited(0);

        Assert.Contains($"warning: Flip:TokenFile: The token file {folder["token"]} does not exist", check.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Config_check_warns_of_one_that_the_unit_would_not_find_and_says_where_it_looked()
    {
        Assert.SkipWhen(Directory.Exists("/etc/flip-edge"), "a flip-edge is installed here, and its token would be found");
        using TempFolder folder = new();
        string file = folder.Write("flip-edge.json", """{ "Gateway": { "Id": "gw" }, "Site": { "Id": "s" }, "Devices": [ { "Id": "x", "Endpoint": "tcp://127.0.0.1" } ] }""");

        CommandResult check = (await EdgeCommand.RunAsync("config", "check", "--config", file)).Exited(0);

        Assert.Contains("warning: there is no client token: Flip:TokenFile is not set, and the systemd credential flip-client-token, which the unit loads from /etc/flip-edge/flip-client-token, is not there", check.Error, StringComparison.Ordinal);
    }

    /// <summary>The field's finding: it was told only once all errors were mended.</summary>
    [Fact]
    public async Task Config_check_warns_of_it_beside_errors_elsewhere_and_not_where_its_own_key_is_wrong()
    {
        Assert.SkipWhen(Directory.Exists("/etc/flip-edge"), "a flip-edge is installed here, and its token would be found");
        using TempFolder folder = new();
        string file = folder.Write("flip-edge.json", """{ "Gateway": { "Id": "gw" }, "Devices": [ { "Id": "x", "Endpoint": "tcp://127.0.0.1" } ] }""");

        string said = (await EdgeCommand.RunAsync("config", "check", "--config", file)).Exited(2).Error;
        Assert.Contains("warning: there is no client token: ", said, StringComparison.Ordinal);
        Assert.Contains("Site:Id: is missing", said, StringComparison.Ordinal);

        said = (await EdgeCommand.RunAsync("config", "check", "--config", file, "--set", "Flip:TokenFile=token")).Exited(2).Error;
        Assert.DoesNotContain("warning", said, StringComparison.Ordinal);
        Assert.Contains("2 errors in the configuration", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Config_check_names_it_together_with_the_other_errors()
    {
        using TempFolder folder = new();
        string token = folder.Write("token", "abc");
        File.SetUnixFileMode(token, (UnixFileMode)0b110_100_100);
        string file = folder.Write("flip-edge.json", $$"""{ "Gateway": { "Id": "gw" }, "Flip": { "TokenFile": "{{token}}" }, "Devices": [ { "Id": "x", "Endpoint": "tcp://127.0.0.1" } ] }""");
        CommandResult check = (await EdgeCommand.RunAsync("config", "check", "--config", file)).Exited(2);
        Assert.Contains($"Flip:TokenFile: The token file {token} is open to every user: found mode 0644, expected 0600", check.Error, StringComparison.Ordinal);
        Assert.Contains("Site:Id: is missing", check.Error, StringComparison.Ordinal);
        Assert.Contains("2 errors in the configuration", check.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("Bearer abc", "holds the word Bearer before the token")]
    [InlineData("two\nlines", "holds more than one line")]
    public async Task A_file_with_something_else_in_it_is_told_without_quoting_it(string content, string sentence)
    {
        await using HostedDevice device = await Site.DeviceAsync();
        await using MockFlipCloud cloud = await Site.CloudAsync();
        await using EdgeProcess edge = EdgeProcess.Prepare(Site.Configuration(cloud, device));
        await File.WriteAllTextAsync(edge.TokenFile, content, TestContext.Current.CancellationToken);
        await edge.StartAsync();
        await edge.PressAsync();
        JsonNode status = await edge.ReachesAsync("attention", "unauthorized");
        Assert.Contains(sentence, (string)status["reason"]!, StringComparison.Ordinal);
        Assert.Equal(0, cloud.Ledger.CommissionRequests);
    }

    [Fact]
    public async Task A_token_that_Flip_does_not_know_is_replaced_without_a_restart()
    {
        await using HostedDevice device = await Site.DeviceAsync();
        await using MockFlipCloud cloud = await Site.CloudAsync();
        await using EdgeProcess edge = EdgeProcess.Prepare(Site.Configuration(cloud, device));
        await File.WriteAllTextAsync(edge.TokenFile, "yesterdays-token", TestContext.Current.CancellationToken);
        await edge.StartAsync();
        await edge.PressAsync();
        await edge.ReachesAsync("attention", "unauthorized");
        await File.WriteAllTextAsync(edge.TokenFile, EdgeProcess.Token, TestContext.Current.CancellationToken);
        await edge.PressAsync();
        await edge.ReachesAsync("commissioned");
        Site.IsCommissionedOnceIn(cloud);
    }

    [Fact]
    public async Task The_systemd_credential_is_used_where_no_file_is_named()
    {
        await using HostedDevice device = await Site.DeviceAsync();
        await using MockFlipCloud cloud = await Site.CloudAsync();
        await using EdgeProcess edge = EdgeProcess.Prepare(Site.Configuration(cloud, device));
        edge.Configuration["Flip"]!["TokenFile"] = null;
        edge.WriteConfiguration();
        edge.Environment["CREDENTIALS_DIRECTORY"] = Path.GetDirectoryName(edge.TokenFile)!;
        File.Move(edge.TokenFile, Path.Combine(Path.GetDirectoryName(edge.TokenFile)!, "flip-client-token"));
        await edge.StartAsync();
        await edge.PressAsync();
        await edge.ReachesAsync("commissioned");
    }
}
