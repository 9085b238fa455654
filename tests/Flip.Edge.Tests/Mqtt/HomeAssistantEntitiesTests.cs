using System.Text.Json;
using Flip.Edge.Configuration;
using Flip.Edge.Mqtt;
using Flip.Edge.Simulator.Broker;
using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Flip.Edge.Tests.Mqtt;

/// <summary>The discovery messages against what Home Assistant documents, and against the topics that they point at.</summary>
public sealed class HomeAssistantEntitiesTests : IDisposable
{
    // home-assistant.io/integrations/sensor.mqtt and binary_sensor.mqtt: what an entity may have, of what we use.
    private static readonly HashSet<string> Keys =
    [
        "name", "unique_id", "state_topic", "value_template", "availability_topic", "device", "origin", "device_class", "options", "unit_of_measurement",
        "entity_category", "json_attributes_topic", "json_attributes_template", "qos",
    ];

    private static readonly HashSet<string> DeviceKeys = ["identifiers", "name", "manufacturer", "model", "serial_number", "sw_version", "via_device"];
    private static readonly Dictionary<string, string?> Units = new() { ["enum"] = null, ["problem"] = null, ["energy_storage"] = "Wh", ["power"] = "W" };

    private readonly TempDirectory _directory = new();

    [Fact]
    public async Task Every_message_is_as_home_assistant_documents_it_and_every_template_finds_its_value_in_the_topic()
    {
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync();
        await using HostedDevice device = await HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, 0);
        await using MockFlipCloud cloud = await MockFlipCloud.StartAsync(new(), TestContext.Current.CancellationToken);
        EdgeSettings settings = EdgeUnderTest.Settings(_directory, cloud, device);
        settings = settings with { Mqtt = new(true, "127.0.0.1", broker.Port, "flip-edge") { HomeAssistant = new(Enabled: true) } };
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(settings);
        (await edge.PressAsync()).Dispose();
        await FaultRig.UntilAsync(() => broker.Retained.GetValueOrDefault("flip-edge/gw-0001/enrollment")?.Contains("ACTIVE", StringComparison.Ordinal) == true
            && Announced(broker).Count(topic => Json(broker, topic).GetProperty("device").TryGetProperty("serial_number", out _)) == 4);

        HashSet<string> ids = [];
        Assert.Equal(8, Announced(broker).Length);
        foreach (string topic in Announced(broker))
        {
            Assert.Matches("^homeassistant/(sensor|binary_sensor)/[a-zA-Z0-9_-]+/[a-zA-Z0-9_-]+/config$", topic);
            JsonElement entity = Json(broker, topic);
            Assert.Empty(entity.EnumerateObject().Select(key => key.Name).Except(Keys));
            Assert.Empty(entity.GetProperty("device").EnumerateObject().Select(key => key.Name).Except(DeviceKeys));
            Assert.NotEqual(0, entity.GetProperty("device").GetProperty("identifiers").GetArrayLength());
            Assert.Equal("flip-edge", entity.GetProperty("origin").GetProperty("name").GetString());
            Assert.True(ids.Add(entity.GetProperty("unique_id").GetString()!), "unique_id is there twice");
            Assert.Equal("online", broker.Retained[entity.GetProperty("availability_topic").GetString()!]);
            if (entity.TryGetProperty("device_class", out JsonElement kind))
            {
                Assert.Equal(Units[kind.GetString()!], entity.TryGetProperty("unit_of_measurement", out JsonElement unit) ? unit.GetString() : null);
                Assert.Equal(kind.GetString() == "enum", entity.TryGetProperty("options", out _));
            }

            JsonElement state = Json(broker, entity.GetProperty("state_topic").GetString()!);
            FindsAll(state, entity.GetProperty("value_template").GetString()!);
            if (entity.TryGetProperty("json_attributes_template", out JsonElement attributes)) FindsAll(state, attributes.GetString()!);
            if (entity.TryGetProperty("options", out JsonElement options))
            {
                Assert.Contains(state.GetProperty("state").GetString(), options.EnumerateArray().Select(option => option.GetString()));
            }
        }

        foreach (string secret in (string[])["Doe", "john.doe", "123 Main St", "San Francisco", "88800"])
        {
            Assert.All(Announced(broker), topic => Assert.DoesNotContain(secret, broker.Retained[topic], StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task What_an_earlier_run_announced_under_another_prefix_is_taken_back_and_nothing_of_anybody_elses()
    {
        // A topic that can't be published kept the gateway off the broker, and stood in its own list again after each start.
        const string Wildcard = "ha/+/flip-edge-gw-0001/x/config";
        const string Old = "ha/sensor/flip-edge-gw-0001/xyz-999-capacity/config", Foreign = "ha/sensor/another/thing/config";
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync();
        await using HostedDevice device = await HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, 0);
        await using (EdgeUnderTest first = await EdgeUnderTest.StartAsync(Settings(broker, device, new(Enabled: true))))
        {
            await FaultRig.UntilAsync(() => Announced(broker).Length == 8);
        }

        await broker.RetainAsync(Old, "{}");
        await broker.RetainAsync(Foreign, "{}");
        await broker.RetainAsync("flip-edge/gw-0001/home_assistant", JsonSerializer.Serialize((string[])[Old, Foreign, Wildcard, .. Announced(broker)]));
        await using EdgeUnderTest second = await EdgeUnderTest.StartAsync(Settings(broker, device, new(Enabled: true, DiscoveryPrefix: "home")));
        await FaultRig.UntilAsync(() => broker.Retained.Keys.Count(topic => topic.StartsWith("home/", StringComparison.Ordinal)) == 8
            && Announced(broker).Length == 0 && !broker.Retained.ContainsKey(Old));
        Assert.True(broker.Retained.ContainsKey(Foreign));
        Assert.DoesNotContain("+", broker.Retained["flip-edge/gw-0001/home_assistant"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unless_it_is_mentioned_home_assistants_topics_are_left_alone()
    {
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync();
        await using HostedDevice device = await HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, 0);
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(Settings(broker, device, new()));
        await FaultRig.UntilAsync(() => broker.Retained.ContainsKey("flip-edge/gw-0001/nameplate/xyz-123"));
        Assert.All(broker.Retained.Keys, topic => Assert.StartsWith("flip-edge/gw-0001/", topic, StringComparison.Ordinal));
        Assert.DoesNotContain("flip-edge/gw-0001/home_assistant", broker.Retained.Keys);
    }

    [Fact]
    public async Task A_device_that_a_reload_takes_away_leaves_nothing_behind()
    {
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync();
        await using HostedDevice one = await HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, 0);
        await using HostedDevice two = await HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, 0);
        EdgeSettings both = EdgeUnderTest.Settings(_directory, null, one, two) with { Mqtt = Mqtt(broker, new(Enabled: true)) };
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(both);
        await FaultRig.UntilAsync(() => Announced(broker).Length == 12 && broker.Retained.ContainsKey("flip-edge/gw-0001/nameplate/xyz-124"));

        edge.Configuration = new(both with { Devices = [both.Devices[0]] }, []);
        (await edge.PostAsync("/api/v1/reload")).Dispose();

        await FaultRig.UntilAsync(() => Announced(broker).Length == 8 && !broker.Retained.ContainsKey("flip-edge/gw-0001/nameplate/xyz-124"));
        Assert.Contains("flip-edge/gw-0001/nameplate/xyz-123", broker.Retained.Keys);
    }

    [Theory]
    [InlineData("gw.1", "a/b", "a_2fb")]
    [InlineData("gw_1", "ä_1", "_c3_a4_5f1")]
    public async Task Ids_with_odd_characters_stay_apart_and_fit_into_a_discovery_topic(string gateway, string device, string part)
    {
        EdgeSettings settings = EdgeUnderTest.Settings(_directory, null);
        settings = settings with { Gateway = settings.Gateway with { Id = gateway }, Devices = [Support.Settings.Device(device, "tcp://127.0.0.1:9?unit=1")] };
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(settings);
        HomeAssistantEntities entities = edge.Services.GetRequiredService<HomeAssistantEntities>();
        string[] topics = [.. entities.Now().Select(entity => entity.Topic)];
        Assert.All(topics, topic => Assert.Matches("^homeassistant/(sensor|binary_sensor)/[a-zA-Z0-9_-]+/[a-zA-Z0-9_-]+/config$", topic));
        Assert.All(topics, topic => Assert.True(entities.IsOurs(topic)));
        Assert.Contains(topics, topic => topic.EndsWith($"/{part}-capacity/config", StringComparison.Ordinal));
        Assert.Equal(topics.Length, topics.Distinct().Count());
    }

    // value_json.a.b, and (value_json.a | default(…)).b, have to be there; a null is a value. A list | default([]) is only there with a member.
    private static void FindsAll(JsonElement state, string template)
    {
        string[] paths = [.. template.Replace("value_json.trouble | default([])", "value_json.state", StringComparison.Ordinal).Replace(" | default({}))", "", StringComparison.Ordinal).Split("value_json.").Skip(1)
            .Select(rest => new string([.. rest.TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.')]))];
        Assert.NotEmpty(paths);
        foreach (string path in paths)
        {
            JsonElement at = state;
            foreach (string key in path.Split('.')) Assert.True(at.TryGetProperty(key, out at), $"{path} of {template} is not in {state}");
        }
    }

    private static MqttSettings Mqtt(EmbeddedBroker broker, HomeAssistantSettings home) => new(true, "127.0.0.1", broker.Port, "flip-edge") { HomeAssistant = home };

    private EdgeSettings Settings(EmbeddedBroker broker, HostedDevice device, HomeAssistantSettings home) =>
        EdgeUnderTest.Settings(_directory, null, device) with { Mqtt = Mqtt(broker, home) };

    private static string[] Announced(EmbeddedBroker broker) => [.. broker.Retained.Keys.Where(topic => topic.StartsWith("homeassistant/", StringComparison.Ordinal))];

    private static JsonElement Json(EmbeddedBroker broker, string topic)
    {
        using JsonDocument document = JsonDocument.Parse(broker.Retained[topic]);
        return document.RootElement.Clone();
    }

    public void Dispose() => _directory.Dispose();
}
