using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Flip.Edge.Cli;
using Flip.Edge.Configuration;
using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Probing;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Doctor;
using Flip.Edge.Modbus;
using Flip.Edge.Mqtt;
using Flip.Edge.Simulator.Broker;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Flip.Edge.Tests.Doctor;

/// <summary>The whole bundle, with the daemon and without it.</summary>
public sealed class DoctorRunTests : IAsyncLifetime
{
    private const string Token = "fl_planted0123456789secret", Password = "planted-mqtt-pässword", Header = "planted-collector-key-4711";

    // Each planted in the configuration, or in a file that it names.
    private static readonly string[] Planted =
        [Token, Password, Header, "Wilhelmina", "Featherstonehaugh", "Quibblesworth", "wilhelmina@example.com", "Dunsinane", "88801", "4711 Marchpane Row", "Flat Thirteen"];

    private readonly TempDirectory _directory = new();
    private readonly StringWriter _console = new();
    private HostedDevice _device = null!;
    private string _config = null!;
    private EdgeSettings _settings = null!;

    public async ValueTask InitializeAsync()
    {
        _device = await HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, 0);
        _config = _directory.Write("flip-edge.json", $$"""
            { "Gateway": { "Id": "gw-0001", "DataDirectory": "{{_directory.Path}}", "Clock": "as_set" },
              "Flip": { "BaseUrl": "http://127.0.0.1:9", "TokenFile": "{{_directory.Write("planted-token", Token)}}" },
              "Site": { "Id": "abc-789", "FirstName": "Wilhelmina", "LastName": "Featherstonehaugh", "CompanyName": "Quibblesworth", "Email": "wilhelmina@example.com",
                        "StateCode": "CA", "City": "Dunsinane", "ZipCode": "88801", "StreetAddress": "4711 Marchpane Row", "StreetAddress2": "Flat Thirteen" },
              "Devices": [ { "Id": "xyz-123", "Endpoint": "{{_device.Endpoint}}", "InstallDate": "2026-11-20" } ],
              "Mqtt": { "Enabled": false },
              "Otlp": { "HeadersFile": "{{_directory.Write("headers", $"Authorization: Bearer {Header}")}}" },
              "Local": { "Socket": "{{_directory.File("edge.sock")}}", "Http": "off" } }
            """);
        _settings = ConfigurationFiles.Load(_config, [], TimeZoneInfo.Utc).Settings!;
    }

    // It waits for the next try, or that one has just begun.
    private static readonly string?[] Tried = ["queued", "sending"];

    [Fact]
    public async Task With_the_daemon_the_bundle_holds_what_it_tells_and_a_walk_of_each_device()
    {
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(_settings);
        await edge.PressAsync();
        await edge.UntilAsync("queued", "transient");

        Dictionary<string, string> bundle = await CollectAsync();

        Assert.Contains(Json(bundle["status.json"]).GetProperty("commissioning").GetProperty("state").GetString(), Tried);
        Assert.Equal("xyz-123", Json(bundle["nameplate.json"]).GetProperty("devices")[0].GetProperty("id").GetString());
        Assert.Single(Json(bundle["history.json"]).EnumerateArray());
        Assert.Contains(Json(bundle["log.json"]).GetProperty("lines").EnumerateArray(), line => line.GetProperty("event_id").GetInt32() == 211);
        Assert.Equal(1, new Exposition(bundle["metrics.txt"])["flip_edge_outbox_requests"]);
        Assert.Null(Json(bundle["walk-1.json"]).GetProperty("stopped").GetString());
        Assert.Contains("sqlite: ", bundle["versions.txt"], StringComparison.Ordinal);
        Assert.Contains("glibc: ", bundle["versions.txt"], StringComparison.Ordinal);
        Assert.Contains("synchronized: ", bundle["clock.txt"], StringComparison.Ordinal);
        Assert.Contains("flip-edge.db", bundle["disk.txt"], StringComparison.Ordinal);
        Assert.Equal("nothing\n", bundle["configuration-errors.txt"]);
        Assert.Contains("the daemon answers", bundle["README.txt"], StringComparison.Ordinal);
        // What is not there has its reason in its place, and stops nothing.
        Assert.Contains("no enrollment before", bundle["enrollment.json.error.txt"], StringComparison.Ordinal);
        Assert.Contains("enrollment.json: not there. Not commissioned yet: There is no enrollment before", bundle["README.txt"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_daemon_the_devices_and_the_database_are_read_and_nothing_is_left_in_the_data_directory()
    {
        await using (EdgeUnderTest edge = await EdgeUnderTest.StartAsync(_settings))
        {
            await edge.PressAsync();
            await edge.UntilAsync("queued", "transient");
        }

        string[] before = Directory.GetFiles(_directory.Path);
        Dictionary<string, string> bundle = await CollectAsync();

        JsonElement stored = Json(bundle["database.json"]);
        Assert.Equal("ok", stored.GetProperty("quick_check").GetString());
        Assert.Contains(stored.GetProperty("commissioning")[0].GetProperty("state").GetString(), Tried);
        Assert.Equal("1", stored.GetProperty("outbox")[0].GetProperty("has_body").GetString());
        Assert.Contains("in_flight", bundle["identity.json"], StringComparison.Ordinal);
        Assert.Null(Json(bundle["walk-1.json"]).GetProperty("stopped").GetString());
        Assert.Contains("there is no daemon's socket", bundle["README.txt"], StringComparison.Ordinal);
        Assert.Equal(before.Append(_directory.File("bundle.tar.gz")).Order(StringComparer.Ordinal), Directory.GetFiles(_directory.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_was_never_written_is_told_by_its_path()
    {
        Dictionary<string, string> bundle = await CollectAsync();

        Assert.StartsWith("there is no database ", bundle["database.json.error.txt"], StringComparison.Ordinal);
        Assert.Matches($"^there is no file {_directory.Path}/[a-z.-]+, or this user may not see it\n$", bundle["identity.json.error.txt"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_secret_and_nothing_of_the_homeowner_is_in_the_bundle(bool isUp)
    {
        // A slip of the pen brings a secret where no key is known for it; such a configuration is not started with.
        await using (EdgeUnderTest edge = await EdgeUnderTest.StartAsync(_settings))
        {
            await edge.PressAsync();
            await edge.UntilAsync("queued", "transient");
            File.WriteAllText(_config, File.ReadAllText(_config).Replace("\"Enabled\": false", $"\"Enabled\": false, \"Password\": \"{Password}\", \"Pasword\": \"{Password}\"", StringComparison.Ordinal));
            if (isUp) await CollectAsync();
        }

        if (!isUp) await CollectAsync();
        Dictionary<string, string> bundle = Members();

        Assert.Contains("Mqtt:Password", bundle["configuration.json"], StringComparison.Ordinal);
        foreach ((string name, string content) in bundle)
        {
            foreach (string planted in Planted) Assert.False(content.Contains(planted, StringComparison.OrdinalIgnoreCase), $"{planted} is in {name}");
        }

        Assert.All(Planted, planted => Assert.DoesNotContain(planted, _console.ToString(), StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The daemon's environment and command line are not doctor's: what only they hold, its mask can't know.</summary>
    [Fact]
    public async Task A_login_that_only_the_daemon_was_given_and_that_the_broker_quotes_is_not_in_the_bundle()
    {
        const string Name = "wilhelminas-battery", Secret = "only-the-daemon-knows";
        await using HostileBroker broker = HostileBroker.Start(BrokerAct.RefuseLogin);
        broker.Words = $"no entry for {Name} with {Secret}";
        MqttSettings mqtt = new(true, "127.0.0.1", broker.Port, "flip-edge") { Username = Name, PasswordFile = _directory.Write("known-to-the-daemon", Secret) };
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(_settings with { Mqtt = mqtt });
        await FaultRig.UntilAsync(() => edge.Services.GetRequiredService<MqttState>().Reason?.Contains("refuses the login", StringComparison.Ordinal) == true);

        Dictionary<string, string> bundle = await CollectAsync();

        Assert.Contains("no entry for *** with ***", Json(bundle["status.json"]).GetProperty("mqtt").GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.All(bundle, member => Assert.All([Name, Secret], planted => Assert.False(member.Value.Contains(planted, StringComparison.Ordinal), $"{planted} is in {member.Key}")));
    }

    [Fact]
    public async Task The_bundle_is_for_its_owner_alone_and_never_takes_the_place_of_another_file()
    {
        await CollectAsync();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_directory.File("bundle.tar.gz")));
        await Assert.ThrowsAsync<IOException>(() => new DoctorRun(_console, TimeProvider.System).WriteAsync(_directory.File("bundle.tar.gz"), _config, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_configuration_that_can_not_be_read_still_gives_a_bundle()
    {
        File.WriteAllText(_config, "{ no JSON");

        Dictionary<string, string> bundle = await CollectAsync();

        Assert.Contains("line 1", bundle["configuration.json.error.txt"], StringComparison.Ordinal);
        Assert.Contains("line 1", bundle["configuration-errors.txt"], StringComparison.Ordinal);
        Assert.Contains("flip-edge: ", bundle["versions.txt"], StringComparison.Ordinal);
        // The part's own end of line was shown as an escape.
        Assert.DoesNotContain("\\u000A", _console.ToString() + bundle["README.txt"], StringComparison.Ordinal);
    }

    /// <summary>A newcomer's finding: "status.json: not there, Permission denied (localhost:80)".</summary>
    [Fact]
    public async Task A_daemon_that_can_not_be_asked_is_told_by_its_socket()
    {
        using LocalClient client = new(_directory.File("none.sock"));

        PartUnavailableException away = await Assert.ThrowsAsync<PartUnavailableException>(
            () => DaemonParts.All(client, []).First(part => part.File == "status.json").Collect(TestContext.Current.CancellationToken));

        Assert.StartsWith($"there is no daemon's socket {_directory.File("none.sock")}: ", away.Message, StringComparison.Ordinal);
    }

    /// <summary>Regression: root ran a program "ls" of the directory in which it called doctor, whoever had put it there.</summary>
    [Fact]
    public async Task A_tool_is_the_systems_own_and_never_one_of_the_current_directory()
    {
        string here = Directory.GetCurrentDirectory(), planted = Path.Combine(here, "flip-edge-planted-tool");
        File.WriteAllText(planted, "#!/bin/sh\necho planted\n");
        File.SetUnixFileMode(planted, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            string said = await Tool.RunAsync("flip-edge-planted-tool", [], TestContext.Current.CancellationToken);
            Assert.Equal("$ flip-edge-planted-tool \nthere is no flip-edge-planted-tool in /usr/bin, /bin, /usr/sbin, /sbin\n", said);
        }
        finally
        {
            File.Delete(planted);
        }

        Assert.Contains("total ", await Tool.RunAsync("ls", ["-la", "/"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    /// <summary>The data directory is the service's, and doctor may be root's.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_link_or_a_pipe_in_the_data_directory_is_neither_followed_nor_waited_for(bool isLink)
    {
        string secret = _directory.Write("not-for-support", "root:planted-hash");
        foreach (string name in (string[])["identity.json", "flip-edge.db"])
        {
            string path = Path.Combine(_directory.Path, name);
            if (isLink) File.CreateSymbolicLink(path, secret);
            else Fifo.At(path);
        }

        Dictionary<string, string> bundle = await CollectAsync();

        Assert.DoesNotContain("identity.json", bundle.Keys);
        Assert.DoesNotContain("database.json", bundle.Keys);
        if (isLink) Assert.Contains("is a link, which flip-edge never makes", bundle["identity.json.error.txt"], StringComparison.Ordinal);
        Assert.All(bundle, member => Assert.DoesNotContain("planted-hash", member.Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_simulator_plays_the_walk_and_has_the_nameplate_of_the_device()
    {
        await CollectAsync();
        string file = _directory.Write("walk-1.json", Members()["walk-1.json"]);

        await using HostedDevice played = await HostedDevice.OnTcpAsync(WalkImage.TryRead(file, out string? wrong)!, 0);

        Assert.Null(wrong);
        Assert.Equal(await NameplateAsync(_device.Endpoint), await NameplateAsync(played.Endpoint));
    }

    /// <summary>A newcomer's finding: a walk began with "***-walk/1", or its keys were masked, README.txt began with "*** doctor", and the simulator refused it.</summary>
    [Theory]
    [InlineData("flip-edge")]
    [InlineData("unit")]
    [InlineData("count")]
    [InlineData("format")]
    [InlineData("doctor")]
    [InlineData("gw-0001")]
    public async Task A_brokers_user_may_have_any_name_and_the_bundle_is_whole(string user)
    {
        string words = File.ReadAllText(_config);
        File.WriteAllText(_config, words.Replace("\"Enabled\": false", $"\"Enabled\": false, \"Username\": \"{user}\"", StringComparison.Ordinal)
            .Replace("Quibblesworth", "Flip", StringComparison.Ordinal).Replace("Dunsinane", "Model", StringComparison.Ordinal));
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(_settings);
        await edge.PressAsync();
        await edge.UntilAsync("queued", "transient");

        Dictionary<string, string> bundle = await CollectAsync();

        Assert.StartsWith("flip-edge doctor ", bundle["README.txt"], StringComparison.Ordinal);
        Assert.Equal("gw-0001", Json(bundle["status.json"]).GetProperty("gateway_id").GetString());
        Assert.StartsWith("Flip.Edge.", Json(bundle["log.json"]).GetProperty("lines")[0].GetProperty("category").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("***", bundle["walk-1.json"] + bundle["nameplate.json"] + bundle["metrics.txt"] + bundle["versions.txt"], StringComparison.Ordinal);
        await using HostedDevice played = await HostedDevice.OnTcpAsync(WalkImage.TryRead(_directory.Write("walk-1.json", bundle["walk-1.json"]), out string? wrong)!, 0);
        Assert.Null(wrong);
    }

    private static async Task<string> NameplateAsync(ModbusEndpoint endpoint)
    {
        ProbeConnector connect = (at, options) => ModbusClient.Create(at, options, TimeProvider.System);
        IdentifiedDevice found = await new DeviceProbe(ProfileCatalog.Embedded, connect, TimeProvider.System).FindAsync(
            endpoint, DeviceProbe.Auto, new(), ProbeScope.Person, null, TestContext.Current.CancellationToken);
        Nameplate nameplate = (await new DeviceReader(connect, TimeProvider.System).ReadAsync(found, TestContext.Current.CancellationToken)).Nameplate;
        return $"{nameplate.Profile} {nameplate.Manufacturer} {nameplate.Model} {nameplate.SerialNumber} {nameplate.Firmware} {nameplate.CapacityWh} {nameplate.MaxChargeW} {nameplate.MaxDischargeW}";
    }

    private async Task<Dictionary<string, string>> CollectAsync()
    {
        await new DoctorRun(_console, TimeProvider.System).WriteAsync(_directory.File("bundle.tar.gz"), _config, TestContext.Current.CancellationToken);
        return Members();
    }

    private Dictionary<string, string> Members()
    {
        Dictionary<string, string> members = [];
        using TarReader tar = new(new GZipStream(File.OpenRead(_directory.File("bundle.tar.gz")), CompressionMode.Decompress));
        while (tar.GetNextEntry() is { } entry)
        {
            Assert.StartsWith("bundle/", entry.Name, StringComparison.Ordinal);
            using MemoryStream content = new();
            entry.DataStream?.CopyTo(content);
            members.Add(entry.Name["bundle/".Length..], Encoding.UTF8.GetString(content.ToArray()));
        }

        return members;
    }

    private static JsonElement Json(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    public async ValueTask DisposeAsync()
    {
        await _console.DisposeAsync();
        await _device.DisposeAsync();
        _directory.Dispose();
    }
}
