using System.Diagnostics;
using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.SystemTests.Support;

namespace Flip.Edge.SystemTests;

/// <summary>The commands that talk to a running daemon, and their exit codes.</summary>
public sealed class CommandTests
{
    [Fact]
    public async Task Commission_with_wait_ends_when_the_site_is_commissioned_and_writes_the_status()
    {
        await using HostedDevice device = await Site.DeviceAsync();
        await using MockFlipCloud cloud = await Site.CloudAsync("503");
        await using EdgeProcess edge = await EdgeProcess.StartAsync(Site.Configuration(cloud, device));
        CommandResult commission = (await edge.RunAsync("commission", "--wait", "20", "--json")).Exited(0);
        Assert.Equal("commissioned", (string?)commission.Json["commissioning"]!["state"]);
        Assert.Equal("ACTIVE", (string?)commission.Json["enrollment"]!["status"]);
        Assert.Contains("commissioned", commission.Error, StringComparison.Ordinal);

        CommandResult status = (await edge.RunAsync("status", "--json")).Exited(0);
        Assert.Equal(commission.Json["commissioning"]!.ToJsonString(), status.Json["commissioning"]!.ToJsonString());
        Assert.Equal(EdgeProcess.GatewayId, (string?)status.Json["gateway_id"]);
        Assert.Contains("commissioned", (await edge.RunAsync("status")).Exited(0).Output, StringComparison.Ordinal);

        Assert.Equal("commissioned", (string?)(await edge.RunAsync("commission", "--json")).Exited(0).Json["commissioning"]!["state"]);
        Assert.Equal(2, cloud.Ledger.CommissionRequests);
        Site.IsCommissionedOnceIn(cloud);
    }

    [Fact]
    public async Task They_find_the_socket_in_the_configuration()
    {
        await using HostedDevice device = await Site.DeviceAsync();
        await using MockFlipCloud cloud = await Site.CloudAsync();
        await using EdgeProcess edge = await EdgeProcess.StartAsync(Site.Configuration(cloud, device));
        (await EdgeCommand.RunAsync("commission", "--config", edge.ConfigFile, "--wait", "20")).Exited(0);
        (await EdgeCommand.RunAsync("status", "--config", edge.ConfigFile)).Exited(0);
    }

    [Fact]
    public async Task Commission_without_wait_is_done_once_the_trigger_is_accepted()
    {
        await using MockFlipCloud cloud = await Site.CloudAsync();
        await using EdgeProcess edge = await EdgeProcess.StartAsync(
            Site.Configuration(cloud.BaseUrl.GetLeftPart(UriPartial.Authority), $"tcp://127.0.0.1:{FreePort.Next()}"));
        (await edge.RunAsync("commission")).Exited(0);
        Assert.True((bool)(await edge.CommissioningAsync())["requested"]!);
    }

    [Fact]
    public async Task A_wait_that_runs_out_is_exit_1_and_a_sentence()
    {
        await using MockFlipCloud cloud = await Site.CloudAsync();
        await using EdgeProcess edge = await EdgeProcess.StartAsync(
            Site.Configuration(cloud.BaseUrl.GetLeftPart(UriPartial.Authority), $"tcp://127.0.0.1:{FreePort.Next()}"));
        CommandResult commission = (await edge.RunAsync("commission", "--wait", "1.5", "--json")).Exited(1);
        Assert.Contains("not commissioned within 1.5 s; the gateway goes on by itself", commission.Error, StringComparison.Ordinal);
        Assert.Equal("waiting", (string?)commission.Json["commissioning"]!["state"]);
    }

    [Theory]
    [InlineData("kill")]
    [InlineData("stop")]
    public async Task A_wait_ends_when_the_daemon_goes(string how)
    {
        await using EdgeProcess edge = await EdgeProcess.StartAsync(Site.Configuration("http://127.0.0.1:1", $"tcp://127.0.0.1:{FreePort.Next()}"));
        await using RunningProcess wait = RunningProcess.Start(EdgeCommand.Start("commission", "--wait", "300", "--socket", edge.Socket));
        await wait.WaitForAsync("waiting for the device");
        if (how == "kill") await edge.KillAsync();
        else await edge.StopAsync();
        Assert.Equal(1, await wait.ExitedAsync());
        Assert.Contains("the daemon has gone", wait.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", wait.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("commission")]
    public async Task A_named_configuration_with_errors_is_told_and_no_other_socket_is_tried(string command)
    {
        using TempFolder folder = new();
        string file = folder.Write("flip-edge.json", """{ "Gateway": { "Id": "gw" }, "Sight": { } }""");
        CommandResult result = (await EdgeCommand.RunAsync(command, "--config", file)).Exited(2);
        Assert.Contains("Sight: is no known key", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wait_after_the_token_was_mended_tells_how_the_new_try_went()
    {
        await using HostedDevice device = await Site.DeviceAsync();
        await using MockFlipCloud cloud = await Site.CloudAsync();
        await using EdgeProcess edge = EdgeProcess.Prepare(Site.Configuration(cloud, device));
        await File.WriteAllTextAsync(edge.TokenFile, "yesterdays-token", TestContext.Current.CancellationToken);
        await edge.StartAsync();
        (await edge.RunAsync("commission", "--wait", "20")).Exited(4);
        await File.WriteAllTextAsync(edge.TokenFile, EdgeProcess.Token, TestContext.Current.CancellationToken);
        CommandResult again = (await edge.RunAsync("commission", "--wait", "20", "--json")).Exited(0);
        Assert.Equal("commissioned", (string?)again.Json["commissioning"]!["state"]);
    }

    [Fact]
    public async Task Attention_is_exit_4_from_commission_and_from_status()
    {
        await using HostedDevice device = await Site.DeviceAsync();
        await using MockFlipCloud cloud = await Site.CloudAsync("422");
        await using EdgeProcess edge = await EdgeProcess.StartAsync(Site.Configuration(cloud, device));
        CommandResult commission = (await edge.RunAsync("commission", "--wait", "20", "--json")).Exited(4);
        Assert.Equal("invalid", (string?)commission.Json["commissioning"]!["reason_code"]);
        // Long lines are broken at the ends of words.
        string status = string.Join(' ', (await edge.RunAsync("status")).Exited(4).Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("Correct Site or Devices", status, StringComparison.Ordinal);
        (await edge.RunAsync("commission")).Exited(4);
        Assert.Equal(1, cloud.Ledger.CommissionRequests);
    }

    [Fact]
    public async Task Without_a_daemon_they_fail_and_say_how_to_start_one()
    {
        using TempFolder folder = new();
        foreach (string command in (string[])["status", "commission"])
        {
            CommandResult result = (await EdgeCommand.RunAsync(command, "--socket", folder["none.sock"])).Exited(1);
            Assert.Contains($"there is no daemon's socket {folder["none.sock"]}", result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_socket_that_a_killed_daemon_left_is_told_from_one_that_never_was()
    {
        await using EdgeProcess edge = await EdgeProcess.StartAsync(Site.Configuration("http://127.0.0.1:1", "tcp://127.0.0.1:1"));
        await edge.KillAsync();
        Assert.Contains("no daemon listens on", (await edge.RunAsync("status")).Exited(1).Error, StringComparison.Ordinal);
        await edge.StartAsync();
        (await edge.RunAsync("status")).Exited(0);
    }

    [Theory]
    [InlineData("commision")]
    [InlineData("status --jsn")]
    [InlineData("commission --wait soon")]
    [InlineData("commission --wait -1")]
    [InlineData("probe")]
    [InlineData("probe tcp://127.0.0.1 --timeout 0")]
    [InlineData("probe tcp://127.0.0.1 --profile sunspek")]
    [InlineData("scan")]
    [InlineData("scan tcp")]
    [InlineData("scan tcp inverter.lan --ports 502,x")]
    [InlineData("scan tcp inverter.lan --units 1-300")]
    [InlineData("scan tcp inverter.lan --timeout 0")]
    [InlineData("scan tcp http://inverter.lan")]
    [InlineData("scan rtu /dev/ttyUSB0 --baud fast")]
    [InlineData("scan rtu /dev/ttyUSB0 --parity mark")]
    [InlineData("config check --set Mqtt")]
    public async Task A_wrong_command_line_is_exit_2_and_a_sentence(string arguments)
    {
        CommandResult result = (await EdgeCommand.RunAsync(arguments.Split(' '))).Exited(2);
        Assert.NotEmpty(result.Error.Trim());
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Streams_that_the_caller_left_closed_do_no_harm()
    {
        await using RunningProcess process = Redirected("<&- 2>&-", "--version");

        Assert.Equal(0, await process.ExitedAsync());
        Assert.NotEmpty(process.Output);
    }

    /// <summary>The field's finding: flip-edge status > /dev/full ended with a stack trace.</summary>
    [Theory]
    [InlineData(">/dev/full", "No space left on device", "--version")]
    [InlineData(">/dev/full", "No space left on device", "status --help")]
    [InlineData(">/dev/full", "No space left on device", "profiles list")]
    [InlineData(">&-", "Bad file descriptor", "profiles list")]
    public async Task What_can_not_be_written_is_one_sentence_and_exit_1(string redirection, string why, string arguments)
    {
        await using RunningProcess process = Redirected(redirection, arguments.Split(' '));

        Assert.Equal(1, await process.ExitedAsync());
        Assert.Equal($"standard output can't be written: {why}", process.Error.Trim());
    }

    /// <summary>The attacker's finding: the runtime's own file gets the number of a closed standard error, and the exit code was 1 for everything.</summary>
    [Theory]
    [InlineData("2>&-", "flip")]
    [InlineData("2>/dev/full", "status --jsn")]
    [InlineData("2>&-", "config check --config /no/such/file")]
    public async Task A_message_that_nobody_can_read_does_not_change_the_exit_code(string redirection, string arguments)
    {
        await using RunningProcess process = Redirected(redirection, arguments.Split(' '));

        Assert.Equal(2, await process.ExitedAsync());
    }

    /// <summary>The attacker's finding: it read the runtime's random numbers in place of a closed standard input, without end.</summary>
    [Theory]
    [InlineData("<&-", "- can't be read: standard input is closed")]
    [InlineData("</dev/zero", "- has more than 16384 bytes, and the site's data may have no more")]
    public async Task A_sites_data_that_have_no_end_are_not_read(string redirection, string says)
    {
        if (redirection == "<&-") Assert.SkipUnless(Environment.GetEnvironmentVariable("FLIPEDGE_DAEMON") is { Length: > 0 }, "FLIPEDGE_DAEMON names no native binary: another one finds /dev/null there");
        await using RunningProcess process = Redirected(redirection, "site", "-");

        Assert.Equal(2, await process.ExitedAsync());
        Assert.Equal(says, process.Error.Trim());
    }

    /// <summary>The newcomer's finding: .NET's console switched the keypad of each terminal to another mode, and left it there.</summary>
    [Theory]
    [InlineData("--version")]
    [InlineData("--help")]
    [InlineData("config check --config /no/such/file")]
    public async Task A_terminal_gets_text_and_nothing_else(string arguments)
    {
        ProcessStartInfo command = EdgeCommand.Start();
        command.Environment["TERM"] = "xterm";
        ProcessStartInfo terminal = new("script", ["-qec", $"{command.FileName} {arguments}", "/dev/null"]);
        foreach ((string name, string? value) in command.Environment) terminal.Environment[name] = value;
        await using RunningProcess process = RunningProcess.Start(terminal);
        await process.ExitedAsync();

        Assert.NotEmpty(process.Output);
        Assert.DoesNotContain('\u001B', process.Output);
    }

    [Fact]
    public async Task A_reader_who_has_seen_enough_ends_a_command_without_a_word()
    {
        await using RunningProcess process = Redirected("| head -n 1", "profiles", "list");

        Assert.Equal(0, await process.ExitedAsync());
        Assert.Single(process.Output.Trim().Split('\n'));
        Assert.Empty(process.Error);
    }

    [Fact]
    public async Task Help_and_version_are_exit_0()
    {
        Assert.Contains("commission", (await EdgeCommand.RunAsync("--help")).Exited(0).Output, StringComparison.Ordinal);
        // With the commit where deploy/publish.sh built it (decision 27).
        Assert.Matches(@"^\d+\.\d+\.\d+(\+([0-9a-f]{12}(\.dirty)?|unknown))?\s*$", (await EdgeCommand.RunAsync("--version")).Exited(0).Output);
    }

    private static RunningProcess Redirected(string redirection, params string[] arguments)
    {
        ProcessStartInfo command = EdgeCommand.Start(arguments);
        ProcessStartInfo shell = new("/bin/sh", ["-c", $"\"$@\" {redirection}", "sh", command.FileName, .. command.ArgumentList]);
        foreach ((string name, string? value) in command.Environment) shell.Environment[name] = value;
        return RunningProcess.Start(shell);
    }
}
