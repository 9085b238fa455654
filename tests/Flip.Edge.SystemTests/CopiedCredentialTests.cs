using System.Text.Json.Nodes;
using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.SystemTests.Support;

namespace Flip.Edge.SystemTests;

/// <summary>
/// The field's finding: a wrong token, or password of the broker, stood in the file that the unit loads; the status said that a right one is looked
/// at by itself, and named the copy in /run. The service has systemd's copy of its start, so that only a restart helps.
/// </summary>
public sealed class CopiedCredentialTests
{
    private const string Restart = "systemctl restart flip-edge: the service has the copy that systemd made at its start";

    [Fact]
    public async Task A_token_that_Flip_refuses_is_to_be_replaced_in_etc_with_a_restart_and_a_reload_says_so_too()
    {
        await using HostedDevice device = await Site.DeviceAsync();
        await using MockFlipCloud cloud = await Site.CloudAsync();
        await using EdgeProcess edge = Prepare(Site.Configuration(cloud, device), "flip-client-token", "yesterdays-token");
        await edge.StartAsync();
        Assert.DoesNotContain("flip-client-token", (await edge.RunAsync("reload")).Exited(0).Output, StringComparison.Ordinal);
        await edge.PressAsync();

        string reason = (string)(await edge.ReachesAsync("attention", "unauthorized"))["reason"]!;
        Assert.StartsWith($"Flip did not accept the client token: replace it with a valid one (/etc/flip-edge/flip-client-token, mode 0600, root) and {Restart}. HTTP 401", reason, StringComparison.Ordinal);
        Assert.EndsWith(". Until then the old one is tried again by itself", reason, StringComparison.Ordinal);
        Assert.Contains("a new /etc/flip-edge/flip-client-token is used only after a restart (systemctl restart flip-edge)", OneLine((await edge.RunAsync("reload")).Exited(0).Output), StringComparison.Ordinal);
        // The log has a thread of its own.
        await Eventually.TrueAsync(() => edge.Story.Contains("[243]", StringComparison.Ordinal), "the log line 243", () => edge.Story);
        Assert.DoesNotContain($"{edge.Environment["CREDENTIALS_DIRECTORY"]}/flip-client-token", edge.Story, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_with_something_else_in_it_is_named_where_it_stands_in_etc()
    {
        await using EdgeProcess edge = Prepare(Site.Configuration("http://127.0.0.1:1", $"tcp://127.0.0.1:{FreePort.Next()}"), "flip-client-token", "Bearer abc");
        await edge.StartAsync();

        CommandResult commission = (await edge.RunAsync("commission")).Exited(4);

        Assert.Contains(
            "nothing can be sent to Flip yet: The token file /etc/flip-edge/flip-client-token holds the word Bearer before the token: it must hold the client token alone, on one line. "
            + $"Then {Restart}. What was asked for is kept", OneLine(commission.Error), StringComparison.Ordinal);
        Assert.Contains("a new /etc/flip-edge/flip-client-token is used only after a restart", OneLine((await edge.RunAsync("reload")).Exited(0).Output), StringComparison.Ordinal);
        Assert.DoesNotContain($"{edge.Environment["CREDENTIALS_DIRECTORY"]}/flip-client-token", edge.Story, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wrong\n", "with the password in /etc/flip-edge/flip-mqtt-password: correct the password there, or Mqtt:Username, and " + Restart)]
    [InlineData("\n", "with no password: write it to /etc/flip-edge/flip-mqtt-password (mode 0600, root), or set Mqtt:PasswordFile, and systemctl restart flip-edge")]
    [InlineData("two\nlines\n", "The password file /etc/flip-edge/flip-mqtt-password does not hold a password: it must hold the password alone, on one line of at most 4000 bytes. Then " + Restart)]
    public async Task A_brokers_password_is_to_be_mended_in_etc_with_a_restart(string copied, string expected)
    {
        await using Mosquitto broker = new();
        broker.Guard = $"allow_anonymous false\npassword_file {await broker.PasswordFileAsync("gateway", "right")}";
        await broker.StartAsync();
        await using HostedDevice device = await Site.DeviceAsync();
        JsonObject configuration = Site.Configuration("http://127.0.0.1:1", device.Endpoint.ToString());
        configuration["Mqtt"] = new JsonObject { ["Host"] = "127.0.0.1", ["Port"] = broker.GuardedPort, ["Username"] = "gateway" };
        await using EdgeProcess edge = EdgeProcess.Prepare(configuration);
        Copy(edge, "flip-mqtt-password", copied);
        await edge.StartAsync();

        await Eventually.TrueAsync(async () => ((string?)(await edge.GetAsync("api/v1/status"))["mqtt"]!["reason"])?.Contains(expected, StringComparison.Ordinal) == true, expected, () => edge.Story);
        Assert.Contains("a new /etc/flip-edge/flip-mqtt-password is used only after a restart", OneLine((await edge.RunAsync("reload")).Exited(0).Output), StringComparison.Ordinal);
        Assert.DoesNotContain("looked at again by itself", edge.Story, StringComparison.Ordinal);
    }

    private static EdgeProcess Prepare(JsonObject configuration, string name, string text)
    {
        EdgeProcess edge = EdgeProcess.Prepare(configuration);
        edge.Configuration["Flip"]!["TokenFile"] = null;
        edge.WriteConfiguration();
        Copy(edge, name, text);
        return edge;
    }

    private static void Copy(EdgeProcess edge, string name, string text)
    {
        string directory = Path.GetDirectoryName(edge.TokenFile)!;
        File.Move(edge.TokenFile, Path.Combine(directory, name));
        File.WriteAllText(Path.Combine(directory, name), text);
        edge.Environment["CREDENTIALS_DIRECTORY"] = directory;
    }

    private static string OneLine(string wrapped) => string.Join(' ', wrapped.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
