using System.Buffers;
using Flip.Edge.Supervision;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace Flip.Edge.Mqtt;

/// <summary>A message from the broker.</summary>
/// <param name="Topic">Topic.</param>
/// <param name="Payload">Body.</param>
/// <param name="IsRetained">Whether the broker had kept it from earlier.</param>
internal sealed record BrokerMessage(string Topic, byte[] Payload, bool IsRetained);

/// <summary>One connection to the broker that stands, until its end. Every wait has an end, whatever the broker does.</summary>
internal sealed class BrokerConnection : IDisposable
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan GoodbyeTimeout = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan ReasonTimeout = TimeSpan.FromSeconds(1.2);

    private readonly IMqttClient _client;
    private readonly BrokerTrust? _trust;
    private readonly BrokerLogin _login;
    private readonly TimeProvider _time;
    private readonly TaskCompletionSource<BrokerException> _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="client">Not connected yet.</param>
    /// <param name="trust">The certificates, which live as long as the connection.</param>
    /// <param name="login">Kept out of what the broker says.</param>
    /// <param name="time">For the deadlines.</param>
    public BrokerConnection(IMqttClient client, BrokerTrust? trust, BrokerLogin login, TimeProvider time)
    {
        (_client, _trust, _login, _time) = (client, trust, login, time);

        // Nothing but a note: whoever reconnects in this handler is called again by it (MQTTnet#647).
        client.DisconnectedAsync += cut =>
        {
            _gone.TrySetResult(BrokerException.Cut(cut.Reason, cut.ReasonString, cut.Exception, login));
            return Task.CompletedTask;
        };
        client.ApplicationMessageReceivedAsync += received =>
        {
            MqttApplicationMessage message = received.ApplicationMessage;
            Received?.Invoke(new(message.Topic, message.Payload.ToArray(), message.Retain));
            return Task.CompletedTask;
        };
    }

    /// <summary>On the library's thread, for what was subscribed to.</summary>
    public event Action<BrokerMessage>? Received;

    /// <summary>Ends with the connection, and says why.</summary>
    public Task<BrokerException> Gone => _gone.Task;

    public MqttProtocolVersion Version => _client.Options.ProtocolVersion;

    /// <summary>Publishes a retained message, and waits until the broker has it.</summary>
    /// <returns>Null, or the broker's word why it does not take it; only MQTT 5 has one.</returns>
    /// <exception cref="BrokerException">The connection is over, or no answer came in time.</exception>
    public Task<string?> PublishAsync(string topic, byte[] payload, CancellationToken cancellationToken) => AnswerAsync(
        async deadline =>
        {
            MqttClientPublishResult result = await _client.PublishAsync(Retained(topic, payload), deadline);
            return result.IsSuccess ? null : $"{result.ReasonCode}{(_login.Quoted(result.ReasonString) is { Length: > 0 } words ? $", {words}" : "")}";
        },
        AnswerTimeout, "a message", cancellationToken);

    /// <summary>Subscribes to one topic.</summary>
    /// <returns>Null, or the broker's word why not.</returns>
    /// <exception cref="BrokerException">As above.</exception>
    public Task<string?> SubscribeAsync(string topic, CancellationToken cancellationToken) => AnswerAsync(
        async deadline =>
        {
            MqttClientSubscribeOptions options = new MqttClientSubscribeOptionsBuilder().WithTopicFilter(topic, MqttQualityOfServiceLevel.AtLeastOnce).Build();
            MqttClientSubscribeResult result = await _client.SubscribeAsync(options, deadline);
            MqttClientSubscribeResultCode code = result.Items.Single().ResultCode;
            return code <= MqttClientSubscribeResultCode.GrantedQoS2 ? null : code.ToString();
        },
        AnswerTimeout, "a subscription", cancellationToken);

    /// <summary>The will only speaks for those who vanish: whoever goes in order says so himself.</summary>
    /// <exception cref="BrokerException">The broker did not take it in time; its will speaks then.</exception>
    public Task GoodbyeAsync(string topic, byte[] payload) => AnswerAsync<string?>(
        async deadline =>
        {
            await _client.PublishAsync(Retained(topic, payload), deadline);
            await _client.DisconnectAsync(new MqttClientDisconnectOptions(), deadline);
            return null;
        },
        GoodbyeTimeout, "the goodbye", CancellationToken.None);

    public void Dispose()
    {
        _client.Dispose();
        _trust?.Dispose();
    }

    private async Task<T> AnswerAsync<T>(Func<CancellationToken, Task<T>> ask, TimeSpan limit, string what, CancellationToken cancellationToken)
    {
        // Each answer is progress: a broker that takes its time for each of twenty messages is slow, and nothing hangs.
        using IDisposable? step = Progress.Doing($"waiting for the broker's word on {what}");
        using CancellationTokenSource deadline = new(limit, _time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await ask(either.Token);
        }
#pragma warning disable CA1031 // The library throws a dozen kinds when a connection ends, and calls a cancellation a time-out.
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception late) when (deadline.IsCancellationRequested)
        {
            throw new BrokerException(BrokerTrouble.Away, $"the broker did not confirm {what} within {limit.TotalSeconds:0.#} s", late);
        }
        catch (Exception failed) when (failed is not BrokerException)
#pragma warning restore CA1031
        {
            throw await ReasonAsync(failed);
        }
    }

    // The request may fail a moment before the end of the connection is told, and only that knows the reason.
    private async Task<BrokerException> ReasonAsync(Exception failed)
    {
        BrokerException known = BrokerException.Of(failed, _login);
        if (known.Trouble != BrokerTrouble.Away) return known;
        await Task.WhenAny(Gone, Task.Delay(ReasonTimeout, _time));
        return Gone.IsCompletedSuccessfully ? await Gone : known;
    }

    private static MqttApplicationMessage Retained(string topic, byte[] payload) => new MqttApplicationMessageBuilder()
        .WithTopic(topic).WithPayload(payload).WithRetainFlag().WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build();
}
