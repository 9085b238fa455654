using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.SystemTests.Support;

namespace Flip.Edge.SystemTests;

/// <summary>A real mosquitto with passwords, TLS, client certificates and old versions of MQTT, as users have it.</summary>
public sealed class GuardedBrokerTests : IDisposable
{
    private const string Secret = "s3cret of the broker";
    private readonly TempFolder _folder = new();
    private readonly TestCertificates _certificates = new();

    [Fact]
    public async Task It_logs_in_with_a_password_and_takes_up_a_new_one_without_a_restart()
    {
        await using Mosquitto broker = new();
        broker.Guard = $"allow_anonymous false\npassword_file {await broker.PasswordFileAsync("gateway", Secret)}";
        await broker.StartAsync();
        string file = SecretFile("password", "wrong\n");
        await using HostedDevice device = await Site.DeviceAsync();
        await using EdgeProcess edge = await StartAsync(broker, device, new() { ["Username"] = "gateway", ["PasswordFile"] = file });
        string reason = await ReasonAsync(edge, "refuses the login");
        Assert.Contains($"the user of Mqtt:Username with the password in {file}", reason, StringComparison.Ordinal);

        SecretFile("password", Secret + "\n");
        Assert.Equal(0, (await edge.RunAsync("reload")).ExitCode);
        await ConnectedAsync(edge);
        Assert.DoesNotContain(Secret, edge.Story, StringComparison.Ordinal);
        Assert.Single(edge.Story.Split('\n'), line => line.Contains("[303]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_broker_that_wants_a_login_is_told_of_with_the_keys_to_set()
    {
        await using Mosquitto broker = new() { Guard = "allow_anonymous false" };
        await broker.StartAsync();
        await using HostedDevice device = await Site.DeviceAsync();
        await using EdgeProcess edge = await StartAsync(broker, device, []);
        Assert.Contains("set Mqtt:Username and Mqtt:PasswordFile", await ReasonAsync(edge, "refuses the login"), StringComparison.Ordinal);
        CommandResult status = await edge.RunAsync("status");
        Assert.Contains("mqtt           not connected: the broker refuses the login", status.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tls_with_a_ca_and_a_client_certificate_of_ones_own()
    {
        (string certificate, string key) = _certificates.Issue("127.0.0.1");
        (string client, string clientKey) = _certificates.Issue("gateway");
        await using Mosquitto broker = new()
        {
            Guard = $"cafile {_certificates.AuthorityFile}\ncertfile {certificate}\nkeyfile {key}\nrequire_certificate true\nuse_identity_as_username true",
        };
        await broker.StartAsync();
        await using HostedDevice device = await Site.DeviceAsync();
        JsonObject mqtt = new() { ["Tls"] = true, ["CaFile"] = _certificates.AuthorityFile, ["CertificateFile"] = client, ["KeyFile"] = clientKey };
        await using EdgeProcess edge = await StartAsync(broker, device, mqtt);
        await ConnectedAsync(edge);
        await SaysAsync(edge, "MQTT 5, with TLS");

        await using MosquittoSubscriber subscriber = broker.Subscribe();
        await subscriber.ToldAsync($"flip-edge/{EdgeProcess.GatewayId}/availability", payload => payload == "online");
    }

    /// <summary>
    /// .NET fetches an OCSP staple for a client's certificate as well, offline or not, although servers alone send one. The native binary leaves that
    /// out (Unreachable.xml).
    /// </summary>
    [Fact]
    public async Task A_client_certificate_that_names_an_ocsp_server_is_shown_and_nothing_is_asked_of_that()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("FLIPEDGE_DAEMON") is { Length: > 0 }, "FLIPEDGE_DAEMON names no native binary: another one asks");
        using TcpListener ocsp = new(IPAddress.Loopback, 0);
        ocsp.Start();
        (string certificate, string key) = _certificates.Issue("127.0.0.1");
        (string client, string clientKey) = _certificates.Issue("gateway", ocsp: $"http://{ocsp.LocalEndpoint}/");

        // With its issuer, which a question of OCSP names.
        await File.AppendAllTextAsync(client, "\n" + await File.ReadAllTextAsync(_certificates.AuthorityFile, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        await using Mosquitto broker = new()
        {
            Guard = $"cafile {_certificates.AuthorityFile}\ncertfile {certificate}\nkeyfile {key}\nrequire_certificate true\nuse_identity_as_username true",
        };
        await broker.StartAsync();
        await using HostedDevice device = await Site.DeviceAsync();
        JsonObject mqtt = new() { ["Tls"] = true, ["CaFile"] = _certificates.AuthorityFile, ["CertificateFile"] = client, ["KeyFile"] = clientKey };
        await using EdgeProcess edge = await StartAsync(broker, device, mqtt);
        await ConnectedAsync(edge);
        Assert.False(ocsp.Pending());
    }

    [Fact]
    public async Task A_broker_that_wants_a_client_certificate_and_gets_none_is_not_connected()
    {
        (string certificate, string key) = _certificates.Issue("127.0.0.1");
        await using Mosquitto broker = new() { Guard = $"cafile {_certificates.AuthorityFile}\ncertfile {certificate}\nkeyfile {key}\nrequire_certificate true\nallow_anonymous true" };
        await broker.StartAsync();
        await using HostedDevice device = await Site.DeviceAsync();
        await using EdgeProcess edge = await StartAsync(broker, device, new() { ["Tls"] = true, ["CaFile"] = _certificates.AuthorityFile });
        await ReasonAsync(edge, "Mqtt:CertificateFile");
    }

    [Theory]
    [InlineData("broker.example", true, false, "is for broker.example, and not for 127.0.0.1: set Mqtt:Host")]
    [InlineData("127.0.0.1", true, true, "has expired: it was valid until")]
    [InlineData("127.0.0.1", false, false, "is not among those in Mqtt:CaFile")]
    public async Task A_certificate_that_is_not_the_brokers_is_refused_and_told_why(string name, bool isOurs, bool isOver, string expected)
    {
        using TestCertificates others = new("somebody else's CA");
        (string certificate, string key) = (isOurs ? _certificates : others).Issue(name, isOver ? TimeProvider.System.GetUtcNow().AddDays(-1) : null);
        await using Mosquitto broker = new() { Guard = $"certfile {certificate}\nkeyfile {key}\nallow_anonymous true" };
        await broker.StartAsync();
        await using HostedDevice device = await Site.DeviceAsync();
        await using EdgeProcess edge = await StartAsync(broker, device, new() { ["Tls"] = true, ["CaFile"] = _certificates.AuthorityFile });
        await ReasonAsync(edge, expected);
    }

    [Fact]
    public async Task Without_a_ca_of_ones_own_only_the_systems_are_trusted()
    {
        (string certificate, string key) = _certificates.Issue("127.0.0.1");
        await using Mosquitto broker = new() { Guard = $"certfile {certificate}\nkeyfile {key}\nallow_anonymous true" };
        await broker.StartAsync();
        await using HostedDevice device = await Site.DeviceAsync();
        await using EdgeProcess edge = await StartAsync(broker, device, new() { ["Tls"] = true });
        Assert.Contains("a test's CA", await ReasonAsync(edge, "name its CA's certificate in Mqtt:CaFile"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("auto", "MQTT 5")]
    [InlineData("5", "MQTT 5")]
    [InlineData("3.1.1", "MQTT 3.1.1")]
    public async Task Either_version_of_mqtt_is_spoken(string protocol, string spoken)
    {
        await using Mosquitto broker = new() { Guard = "allow_anonymous true" };
        await broker.StartAsync();
        await using HostedDevice device = await Site.DeviceAsync();
        await using EdgeProcess edge = await StartAsync(broker, device, new() { ["Protocol"] = protocol });
        await ConnectedAsync(edge);
        await SaysAsync(edge, $"is connected ({spoken}, without TLS");
        await using MosquittoSubscriber subscriber = broker.Subscribe();
        await subscriber.ToldAsync($"flip-edge/{EdgeProcess.GatewayId}/commissioning", payload => payload.Contains("\"waiting\"", StringComparison.Ordinal));
    }

    /// <summary>Pitfall 46, at a broker that we did not write.</summary>
    [Theory]
    [InlineData("5")]
    [InlineData("3.1.1")]
    public async Task Two_gateways_with_one_id_are_named_and_leave_each_other_in_peace(string protocol)
    {
        await using Mosquitto broker = new() { Guard = "allow_anonymous true" };
        await broker.StartAsync();
        await using HostedDevice device = await Site.DeviceAsync();
        await using EdgeProcess one = await StartAsync(broker, device, new() { ["Protocol"] = protocol });
        await ConnectedAsync(one);
        await using EdgeProcess other = await StartAsync(broker, device, new() { ["Protocol"] = protocol });
        await Eventually.TrueAsync(
            () => one.Story.Contains("[304]", StringComparison.Ordinal) || other.Story.Contains("[304]", StringComparison.Ordinal),
            "the id that is used twice", () => one.Story + other.Story, TimeSpan.FromMinutes(2));
    }

    private string SecretFile(string name, string text)
    {
        string file = _folder.Write(name, text);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }

    private static async Task<EdgeProcess> StartAsync(Mosquitto broker, HostedDevice device, JsonObject mqtt)
    {
        mqtt["Host"] = "127.0.0.1";
        mqtt["Port"] = broker.GuardedPort;
        JsonObject configuration = Site.Configuration("http://127.0.0.1:9", device.Endpoint.ToString());
        configuration["Mqtt"] = mqtt;
        return await EdgeProcess.StartAsync(configuration);
    }

    private static Task ConnectedAsync(EdgeProcess edge) => Eventually.TrueAsync(
        async () => (bool)(await edge.GetAsync("api/v1/status"))["mqtt"]!["connected"]!, "the broker", () => edge.Story);

    // The status knows before the log, which has a thread of its own, is written.
    private static Task SaysAsync(EdgeProcess edge, string words) => Eventually.TrueAsync(
        () => edge.Story.Contains(words, StringComparison.Ordinal), words, () => edge.Story);

    private static async Task<string> ReasonAsync(EdgeProcess edge, string part) => await Eventually.GetAsync(
        async () => (string?)(await edge.GetAsync("api/v1/status"))["mqtt"]!["reason"] is { } reason && reason.Contains(part, StringComparison.Ordinal) ? reason : null,
        $"a reason with \"{part}\"", () => edge.Story);

    public void Dispose()
    {
        _certificates.Dispose();
        _folder.Dispose();
    }
}
