using System.Net.NetworkInformation;
using Flip.Edge.Simulator.Broker;
using MQTTnet;

namespace Flip.Edge.Simulator.Tests.Broker;

public class EmbeddedBrokerTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_keeps_retained_messages_and_forgets_the_cleared_ones()
    {
        await using var broker = await EmbeddedBroker.StartAsync();
        var seen = new List<string>();
        broker.RetainedChanged += message => seen.Add($"{message.Topic}={message.Payload}");
        using var client = await ConnectAsync(broker.Port);
        await PublishAsync(client, "a/kept", "1", retain: true);
        await PublishAsync(client, "a/cleared", "2", retain: true);
        await PublishAsync(client, "a/passing", "3", retain: false);
        await PublishAsync(client, "a/cleared", "", retain: true);

        Assert.Equal([new("a/kept", "1")], broker.Retained);
        Assert.Equal(["a/kept=1", "a/cleared=2", "a/cleared="], seen);
    }

    [Fact]
    public async Task A_late_subscriber_is_told_what_was_retained()
    {
        await using var broker = await EmbeddedBroker.StartAsync();
        using (var publisher = await ConnectAsync(broker.Port)) await PublishAsync(publisher, "gw/status", "online", retain: true);

        using var late = await ConnectAsync(broker.Port);
        var told = new TaskCompletionSource<string>();
        late.ApplicationMessageReceivedAsync += message =>
        {
            told.TrySetResult(message.ApplicationMessage.ConvertPayloadToString());
            return Task.CompletedTask;
        };
        await late.SubscribeAsync("#", cancellationToken: Cancelled);
        Assert.Equal("online", await told.Task.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, Cancelled));
    }

    [Fact]
    public async Task It_listens_on_loopback_only()
    {
        await using var broker = await EmbeddedBroker.StartAsync();
        var listeners = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(at => at.Port == broker.Port);
        Assert.Equal(["127.0.0.1"], listeners.Select(at => at.Address.ToString()));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said_in_a_sentence()
    {
        await using var first = await EmbeddedBroker.StartAsync();
        var exception = await Assert.ThrowsAsync<IOException>(() => EmbeddedBroker.StartAsync(first.Port));
        Assert.Contains($"port {first.Port}", exception.Message, StringComparison.Ordinal);
    }

    private static async Task<IMqttClient> ConnectAsync(int port)
    {
        var client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).Build(), Cancelled);
        return client;
    }

    private static Task<MqttClientPublishResult> PublishAsync(IMqttClient client, string topic, string payload, bool retain) => client.PublishAsync(
        new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload).WithRetainFlag(retain)
            .WithQualityOfServiceLevel(MQTTnet.Protocol.MqttQualityOfServiceLevel.AtLeastOnce).Build(), Cancelled);
}
