using System.Text.Json.Nodes;
using Flip.Edge.SystemTests.Support;

namespace Flip.Edge.SystemTests;

/// <summary>A configuration that is wrong: exit code 2, and every error at once, each with its key.</summary>
public sealed class BadConfigurationTests
{
    private const string Wrong = """
        {
          "Gateway": { "Id": "gw/0001" },
          "Flip": { "BaseUrl": "http://api.flip.energy", "TokenFile": "client-token", "Token": "secret-in-the-wrong-place" },
          "Site": { "FirstName": "Jane", "StateCode": "XX", "Email": "nobody" },
          "Devices": [ { "Id": "a", "Endpoint": "tcp:/192.168.1.50", "InstallDate": "20 Nov 2026" }, { "Id": "a", "Endpoint": "tcp://h?unit=300" } ],
          "Commissioning": { "Trigger": "sometimes", "Retry": { "BaseDelay": "1 s" } },
          "Mqtt": { "Hots": "localhost", "Port": 70000 },
          "Local": { "Http": "http://192.168.1.2:8420" }
        }
        """;

    [Theory]
    [InlineData("config check")]
    [InlineData("run")]
    public async Task Every_error_is_named_in_one_go_with_its_key_and_what_was_expected(string command)
    {
        using TempFolder folder = new();
        CommandResult result = (await EdgeCommand.RunAsync([.. command.Split(' '), "--config", folder.Write("flip-edge.json", Wrong)])).Exited(2);
        string[] lines = result.Error.Split('\n');
        Says(lines, "Gateway:Id", "letters, digits");
        Says(lines, "Flip:BaseUrl", "http would send the client token in the clear");
        Says(lines, "Flip:TokenFile", "absolute path");
        Says(lines, "Flip:Token", "does not belong into the configuration");
        Says(lines, "Site:Id", "is missing");
        Says(lines, "Site:StateCode", "is \"XX\"");
        Says(lines, "Site:Email", "is no e-mail address");
        Says(lines, "Devices:0:Endpoint", "is not an endpoint");
        Says(lines, "Devices:0:InstallDate", "2026-11-20");
        Says(lines, "Devices:1:Endpoint", "unit is \"300\"");
        Says(lines, "Devices", "2 devices with the Id \"a\"");
        Says(lines, "Commissioning:Trigger", "manual or automatic");
        Says(lines, "Commissioning:Retry:BaseDelay", "hh:mm:ss");
        Says(lines, "Mqtt:Hots", "is no known key; did you mean Mqtt:Host?");
        Says(lines, "Mqtt:Port", "from 1 to 65535");
        Says(lines, "Local:Http", "loopback");
        Assert.Equal("16 errors in the configuration", lines[^1]);
        Assert.Equal(17, lines.Length);
        Assert.DoesNotContain("secret-in-the-wrong-place", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("Mqtt", "Hots", "\"localhost\"", "Mqtt:Hots: is no known key; did you mean Mqtt:Host?")]
    [InlineData("Site", "Id", "null", "Site:Id: is missing")]
    [InlineData("Site", "StateCode", "\"ZZ\"", "Site:StateCode: is \"ZZ\", and has to be one of Flip's two-letter codes")]
    [InlineData("Site", "ServiceAccountId", "\"1\"", "Site:ServiceAccountId: is deprecated by Flip")]
    [InlineData("Flip", "BaseUrl", "\"http://flip.example\"", "Flip:BaseUrl: \"http://flip.example\" cannot be Flip's base URL: http would send the client token in the clear")]
    [InlineData("Devices", "0", "\"tcp://10.0.0.1\"", "Devices:0:Endpoint: is missing")]
    [InlineData("Local", "Http", "\"http://0.0.0.0:8420\"", "Local:Http: is \"http://0.0.0.0:8420\"")]
    public async Task One_error_is_one_sentence(string section, string key, string value, string sentence)
    {
        JsonObject configuration = Site.Configuration("https://api.flip.energy", "tcp://192.168.1.50");
        if (configuration[section] is JsonArray list) list[0] = JsonNode.Parse(value);
        else configuration[section]![key] = JsonNode.Parse(value);
        await using EdgeProcess edge = EdgeProcess.Prepare(configuration);
        CommandResult check = (await EdgeCommand.RunAsync("config", "check", "--config", edge.ConfigFile)).Exited(2);
        Assert.Contains(sentence, check.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_good_one_is_exit_0_and_says_what_it_is_for()
    {
        await using EdgeProcess edge = EdgeProcess.Prepare(Site.Configuration("https://api.flip.energy", "tcp://192.168.1.50"));
        CommandResult check = (await EdgeCommand.RunAsync("config", "check", "--config", edge.ConfigFile)).Exited(0);
        Assert.Contains("site abc-789, 1 device, trigger manual", check.Output, StringComparison.Ordinal);
        foreach (string secret in Site.HomeownerData) Assert.DoesNotContain(secret, check.Output + check.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_from_the_command_line_wins_and_is_checked_too()
    {
        await using EdgeProcess edge = EdgeProcess.Prepare(Site.Configuration("https://api.flip.energy", "tcp://192.168.1.50"));
        CommandResult good = (await EdgeCommand.RunAsync("config", "check", "--config", edge.ConfigFile, "--set", "Site:Id=other")).Exited(0);
        Assert.Contains("site other", good.Output, StringComparison.Ordinal);
        CommandResult bad = (await EdgeCommand.RunAsync("config", "check", "--config", edge.ConfigFile, "--set", "Mqtt:Prot=1884")).Exited(2);
        Assert.Contains("Mqtt:Prot: is no known key; did you mean Mqtt:Port?", bad.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_from_the_environment_is_checked_too()
    {
        await using EdgeProcess edge = EdgeProcess.Prepare(Site.Configuration("https://api.flip.energy", "tcp://192.168.1.50"));
        System.Diagnostics.ProcessStartInfo start = EdgeCommand.Start("config", "check", "--config", edge.ConfigFile);
        start.Environment["FLIP_EDGE_Mqtt__Prot"] = "1884";
        await using RunningProcess check = RunningProcess.Start(start);
        Assert.Equal(2, await check.ExitedAsync());
        Assert.Contains("Mqtt:Prot: is no known key (it comes from the environment variable FLIP_EDGE_Mqtt__Prot); did you mean Mqtt:Port?", check.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named()
    {
        using TempFolder folder = new();
        CommandResult check = (await EdgeCommand.RunAsync("config", "check", "--config", folder["none.json"])).Exited(2);
        Assert.Contains($"there is no configuration file {folder["none.json"]}", check.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slip_in_the_JSON_is_named_with_its_line()
    {
        using TempFolder folder = new();
        string file = folder.Write("flip-edge.json", "{\n  \"Gateway\": { \"Id\": \"gw\" },\n  \"Site\": { \"Id\" \"abc\" }\n}\n");
        CommandResult check = (await EdgeCommand.RunAsync("config", "check", "--config", file)).Exited(2);
        Assert.Contains(file, check.Error, StringComparison.Ordinal);
        Assert.Contains("line 3, byte 18: '\"' is invalid after a property name", check.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", check.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_named()
    {
        using TempFolder folder = new();

        string directory = Directory.CreateDirectory(folder["etc"]).FullName;
        Assert.Contains(directory, (await EdgeCommand.RunAsync("config", "check", "--config", directory)).Exited(2).Error, StringComparison.Ordinal);

        // Root may read any file, but not this one.
        CommandResult check = (await EdgeCommand.RunAsync("config", "check", "--config", "/proc/self/mem")).Exited(2);
        Assert.Contains("/proc/self/mem can't be read", check.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_directory_belongs_to_one_daemon()
    {
        await using EdgeProcess edge = await EdgeProcess.StartAsync(Site.Configuration("http://127.0.0.1:1", "tcp://127.0.0.1:1"));
        CommandResult second = (await EdgeCommand.RunAsync("run", "--config", edge.ConfigFile)).Exited(1);
        Assert.Contains("another flip-edge daemon runs with this data directory", second.Error, StringComparison.Ordinal);
        (await edge.RunAsync("status")).Exited(0);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said_with_its_key()
    {
        using System.Net.Sockets.TcpListener taken = new(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        JsonObject configuration = Site.Configuration("http://127.0.0.1:1", "tcp://127.0.0.1:1");
        configuration["Local"]!["Http"] = $"http://{taken.LocalEndpoint}";
        await using EdgeProcess edge = EdgeProcess.Prepare(configuration);
        CommandResult run = (await EdgeCommand.RunAsync("run", "--config", edge.ConfigFile)).Exited(1);
        Assert.Contains($"Local:Http http://{taken.LocalEndpoint}", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error + run.Output, StringComparison.Ordinal);
        // Alone: the workers that ran already are ended, and have not failed.
        Assert.DoesNotContain("The worker", run.Output, StringComparison.Ordinal);
    }

    private static void Says(string[] lines, string key, string sentence) =>
        Assert.Contains(lines, line => line.StartsWith(key + ": ", StringComparison.Ordinal) && line.Contains(sentence, StringComparison.Ordinal));
}
