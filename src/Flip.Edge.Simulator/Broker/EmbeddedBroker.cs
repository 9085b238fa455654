using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MQTTnet;
using MQTTnet.Server;

namespace Flip.Edge.Simulator.Broker;

/// <summary>A message that a broker keeps for later subscribers.</summary>
/// <param name="Topic">Topic.</param>
/// <param name="Payload">UTF-8 text; empty when the message was cleared.</param>
public sealed record RetainedMessage(string Topic, string Payload);

/// <summary>An MQTT broker within this process, on loopback, for people and tests that have none installed.</summary>
public sealed class EmbeddedBroker : IAsyncDisposable
{
    private const int PortAttempts = 20;
    private readonly MqttServer _server;
    private readonly ConcurrentDictionary<string, string> _retained = new(StringComparer.Ordinal);

    private EmbeddedBroker(int port)
    {
        Port = port;
        // Without the IPv6 address set to none, MQTTnet listens on all of this machine's IPv6 addresses.
        var options = new MqttServerOptionsBuilder()
            .WithDefaultEndpoint()
            .WithDefaultEndpointPort(port)
            .WithDefaultEndpointBoundIPAddress(IPAddress.Loopback)
            .WithDefaultEndpointBoundIPV6Address(IPAddress.None)
            .Build();
        _server = new MqttServerFactory().CreateMqttServer(options);
        _server.RetainedMessageChangedAsync += OnRetainedChangedAsync;
    }

    /// <summary>After each retained message, on the broker's thread; a cleared one has an empty payload.</summary>
    public event Action<RetainedMessage>? RetainedChanged;

    public int Port { get; }

    /// <summary>What a client that subscribes to everything now would be told at once, by topic.</summary>
    public IReadOnlyDictionary<string, string> Retained =>
        new SortedDictionary<string, string>(new Dictionary<string, string>(_retained), StringComparer.Ordinal);

    /// <summary>Starts on the port, or on a free one when it is 0.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<EmbeddedBroker> StartAsync(int port = 0)
    {
        for (var attempt = 1; ; attempt++)
        {
            // MQTTnet does not tell which port it got for 0, so ask for a free one by name and try again if someone was faster.
            var broker = new EmbeddedBroker(port == 0 ? LoopbackPort.Free() : port);
            try
            {
                await broker._server.StartAsync().ConfigureAwait(false);
                return broker;
            }
            catch (SocketException exception)
            {
                broker._server.Dispose();
                if (port != 0 || attempt == PortAttempts)
                    throw new IOException($"The MQTT broker cannot listen on port {broker.Port}: {exception.Message}", exception);
            }
        }
    }

    /// <summary>Keeps a message, as if a client had published it; an empty one clears the topic.</summary>
    /// <param name="topic">Topic.</param>
    /// <param name="payload">UTF-8 text.</param>
    public Task RetainAsync(string topic, string payload)
    {
        var message = new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload).WithRetainFlag().Build();
        return _server.InjectApplicationMessage(new InjectedMqttApplicationMessage(message) { SenderClientId = "the broker's owner" });
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync().ConfigureAwait(false);
        _server.Dispose();
    }

    private Task OnRetainedChangedAsync(RetainedMessageChangedEventArgs change)
    {
        var message = change.ChangedRetainedMessage;
        var payload = Encoding.UTF8.GetString(message.Payload);
        if (message.Payload.IsEmpty) _retained.TryRemove(message.Topic, out _);
        else _retained[message.Topic] = payload;
        RetainedChanged?.Invoke(new RetainedMessage(message.Topic, payload));
        return Task.CompletedTask;
    }
}
