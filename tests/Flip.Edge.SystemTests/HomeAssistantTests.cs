using System.Text.Json.Nodes;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.SystemTests.Support;

namespace Flip.Edge.SystemTests;

/// <summary>Home Assistant's discovery messages, at a broker that we did not write.</summary>
public sealed class HomeAssistantTests
{
    private const string Node = $"flip-edge-{EdgeProcess.GatewayId}";
    private const string Capacity = $"homeassistant/sensor/{Node}/{Site.DeviceId}-capacity/config";
    private const string Announced = $"flip-edge/{EdgeProcess.GatewayId}/home_assistant";

    [Fact]
    public async Task Entities_are_announced_again_when_home_assistant_starts_and_taken_back_when_it_is_switched_off()
    {
        await using Mosquitto broker = new();
        await broker.StartAsync();
        await using HostedDevice device = await Site.DeviceAsync();
        JsonObject configuration = Site.Configuration("http://127.0.0.1:9", device.Endpoint.ToString());
        configuration["Mqtt"] = new JsonObject { ["Host"] = "127.0.0.1", ["Port"] = broker.Port, ["HomeAssistant"] = new JsonObject { ["Enabled"] = true } };
        await using EdgeProcess edge = EdgeProcess.Prepare(configuration);
        await edge.StartAsync();

        await using MosquittoSubscriber subscriber = broker.Subscribe();
        JsonNode capacity = JsonNode.Parse(await subscriber.ToldAsync(Capacity, payload => payload.Contains("Model 1", StringComparison.Ordinal)))!;
        Assert.Equal(("energy_storage", "Wh", $"flip-edge/{EdgeProcess.GatewayId}/availability"),
            ((string?)capacity["device_class"], (string?)capacity["unit_of_measurement"], (string?)capacity["availability_topic"]));
        Assert.Contains(Capacity, await subscriber.ToldAsync(Announced, payload => payload.Length > 0), StringComparison.Ordinal);

        // Pitfall 47: a Home Assistant that starts asks for everything.
        int before = Count(subscriber);
        await broker.PublishAsync("homeassistant/status", "online");
        await Eventually.TrueAsync(() => Count(subscriber) > before, "everything again", () => edge.Story);

        Assert.Equal(0, await edge.StopAsync());
        configuration["Mqtt"]!["HomeAssistant"]!["Enabled"] = false;
        edge.WriteConfiguration();
        await edge.StartAsync();
        await Eventually.TrueAsync(() => subscriber.Newest(Capacity) == "" && subscriber.Newest(Announced) == "", "that it is taken back", () => edge.Story);
        Assert.DoesNotContain("[314]", edge.Story, StringComparison.Ordinal);
        await using MosquittoSubscriber late = broker.Subscribe();
        await late.ToldAsync($"flip-edge/{EdgeProcess.GatewayId}/availability", payload => payload == "online");
        Assert.DoesNotContain(late.Messages, message => message.Topic.StartsWith("homeassistant/", StringComparison.Ordinal));
    }

    private static int Count(MosquittoSubscriber subscriber) => subscriber.Messages.Count(message => message.Topic == Capacity);
}
