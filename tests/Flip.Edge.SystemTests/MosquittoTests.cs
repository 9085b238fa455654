using System.Text.Json.Nodes;
using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.SystemTests.Support;

namespace Flip.Edge.SystemTests;

/// <summary>The topics, in a broker that we did not write.</summary>
public sealed class MosquittoTests
{
    private const string Root = $"flip-edge/{EdgeProcess.GatewayId}/";
    private static readonly string[] Topics = [Root + "availability", Root + "commissioning", Root + "enrollment", Root + "nameplate/" + Site.DeviceId];

    [Fact]
    public async Task It_retains_every_topic_for_those_who_come_later()
    {
        await using World world = await World.StartAsync();
        await world.CommissionAsync();
        await using (MosquittoSubscriber early = world.Broker.Subscribe()) await IsCompleteAsync(early);

        await using MosquittoSubscriber late = world.Broker.Subscribe();
        await IsCompleteAsync(late);
        // What comes after the first of a topic is news, as of the first refresh of the enrollment.
        (bool Retained, string Topic, string Payload)[] first = [.. late.Messages.DistinctBy(message => message.Topic)];
        Assert.All(first, message => Assert.True(message.Retained, $"{message.Topic} is not retained"));
        Assert.Equal(Topics.Order(), first.Select(message => message.Topic).Order());

        JsonNode commissioning = JsonNode.Parse(late.Newest(Topics[1])!)!;
        JsonNode enrollment = JsonNode.Parse(late.Newest(Topics[2])!)!;
        JsonNode nameplate = JsonNode.Parse(late.Newest(Topics[3])!)!;
        Assert.Equal("commissioned", (string?)commissioning["state"]);
        Assert.Equal((Site.Id, "ACTIVE"), ((string?)enrollment["site_id"], (string?)enrollment["enrollment"]!["status"]));
        Assert.Equal((Site.DeviceId, "ok", 15_000), ((string?)nameplate["id"], (string?)nameplate["state"], (int?)nameplate["capacity_wh"]!["value"]));
    }

    [Fact]
    public async Task It_says_offline_for_a_daemon_that_is_killed()
    {
        await using World world = await World.StartAsync();
        await using MosquittoSubscriber subscriber = world.Broker.Subscribe();
        await subscriber.ToldAsync(Topics[0], payload => payload == "online");
        await world.Edge.KillAsync();
        await subscriber.ToldAsync(Topics[0], payload => payload == "offline");
        await IsRetainedAsync(world.Broker, "offline");

        await world.Edge.StartAsync();
        await subscriber.ToldAsync(Topics[0], payload => payload == "online");
    }

    [Fact]
    public async Task It_says_offline_for_a_daemon_that_ends_in_order()
    {
        await using World world = await World.StartAsync();
        await using MosquittoSubscriber subscriber = world.Broker.Subscribe();
        await subscriber.ToldAsync(Topics[0], payload => payload == "online");
        Assert.Equal(0, await world.Edge.StopAsync());
        await subscriber.ToldAsync(Topics[0], payload => payload == "offline");
        await IsRetainedAsync(world.Broker, "offline");
    }

    [Fact]
    public async Task A_broker_that_comes_back_with_nothing_is_told_everything_again()
    {
        await using World world = await World.StartAsync();
        await world.CommissionAsync();
        await using (MosquittoSubscriber before = world.Broker.Subscribe()) await IsCompleteAsync(before);
        await world.Broker.StopAsync();
        await Eventually.TrueAsync(
            async () => !(bool)(await world.Edge.GetAsync("api/v1/status"))["mqtt"]!["connected"]!, "the broker missed", () => world.Edge.Story);
        await world.Broker.StartAsync();
        await using MosquittoSubscriber after = world.Broker.Subscribe();
        await IsCompleteAsync(after);
    }

    [Fact]
    public async Task A_broker_that_is_away_holds_nothing_up()
    {
        await using World world = await World.StartAsync(withBroker: false);
        await world.CommissionAsync();
        Assert.False((bool)(await world.Edge.GetAsync("api/v1/status"))["mqtt"]!["connected"]!);

        await world.Broker.StartAsync();
        await using MosquittoSubscriber subscriber = world.Broker.Subscribe();
        await IsCompleteAsync(subscriber);
    }

    private static async Task IsCompleteAsync(MosquittoSubscriber subscriber)
    {
        foreach (string topic in Topics)
        {
            // What these two come to last.
            string last = topic == Topics[1] ? "\"commissioned\"" : topic == Topics[2] ? "\"ACTIVE\"" : "";
            await subscriber.ToldAsync(topic, payload => payload.Contains(last, StringComparison.Ordinal));
        }

        Assert.Equal("online", subscriber.Newest(Topics[0]));
    }

    private static async Task IsRetainedAsync(Mosquitto broker, string availability)
    {
        await using MosquittoSubscriber late = broker.Subscribe();
        await late.ToldAsync(Topics[0], payload => payload == availability);
        Assert.True(late.Messages.Last(message => message.Topic == Topics[0]).Retained);
    }

    private sealed class World : IAsyncDisposable
    {
        public Mosquitto Broker { get; } = new();

        public HostedDevice Device { get; private set; } = null!;

        public MockFlipCloud Cloud { get; private set; } = null!;

        public EdgeProcess Edge { get; private set; } = null!;

        public static async Task<World> StartAsync(bool withBroker = true)
        {
            // Asked for first, so that a machine without them skips before anything runs.
            Assert.NotEmpty(Part.Mosquitto);
            Assert.NotEmpty(Part.MosquittoSub);
            World world = new() { Device = await Site.DeviceAsync(), Cloud = await Site.CloudAsync() };
            if (withBroker) await world.Broker.StartAsync();
            JsonObject configuration = Site.Configuration(world.Cloud, world.Device);
            configuration["Mqtt"] = new JsonObject { ["Host"] = "127.0.0.1", ["Port"] = world.Broker.Port };
            world.Edge = await EdgeProcess.StartAsync(configuration);
            return world;
        }

        public async Task CommissionAsync()
        {
            await Edge.PressAsync();
            await Edge.ReachesAsync("commissioned");
        }

        public async ValueTask DisposeAsync()
        {
            await Edge.DisposeAsync();
            await Cloud.DisposeAsync();
            await Device.DisposeAsync();
            await Broker.DisposeAsync();
        }
    }
}
