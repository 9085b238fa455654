using Flip.Edge.Configuration;
using Flip.Edge.Enrollment;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace Flip.Edge.Mqtt;

/// <summary>
/// Publishes the status as retained topics. One connect loop of our own, outside of the library's handlers (MQTTnet#647); everything
/// is published anew on each connect, and on a change only what changed. A broker that is away holds nothing else up.
/// </summary>
internal sealed partial class StatusPublisher(
    EdgeSettings settings, Topics topics, RetainedMessages messages, IEnrollmentFeed feed, MqttState state, ChangeSignal changes,
    TimeProvider time, Func<double> random, ILogger<StatusPublisher> log) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan StableAfter = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan GoodbyeTimeout = TimeSpan.FromSeconds(2);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(FollowFeedAsync(stoppingToken), ConnectLoopAsync(stoppingToken));

    private async Task FollowFeedAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (EnrollmentSnapshot snapshot in feed.SubscribeAsync(null, stoppingToken))
            {
                messages.Enrollment = snapshot;
                changes.Raise();
            }
        }
#pragma warning disable CA1031 // The other topics go on; without this line nobody would know why this one doesn't.
        catch (Exception broken) when (broken is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LogFeedBroken(broken);
        }
    }

    private async Task ConnectLoopAsync(CancellationToken stoppingToken)
    {
        TimeSpan pause = FirstPause;
        bool toldOfFailure = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            long began = time.GetTimestamp();
            try
            {
                await ConnectedAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever the broker or the library does, the status is published again as soon as it can be.
            catch (Exception failed)
#pragma warning restore CA1031
            {
                // One line when the broker goes away, none for each try after that.
                if (!toldOfFailure || state.IsConnected) LogAway(settings.Mqtt.Host, settings.Mqtt.Port, Innermost(failed));
                toldOfFailure = true;
            }
            finally
            {
                state.IsConnected = false;
            }

            // A connection that is cut at once is no success: the pause is reset only after a stable minute (esp-rainmaker#1).
            if (time.GetElapsedTime(began) > StableAfter) pause = FirstPause;
            await Task.Delay(pause * (0.5 + (random() / 2)), time, stoppingToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task ConnectedAsync(CancellationToken stoppingToken)
    {
        using IMqttClient client = new MqttClientFactory().CreateMqttClient();
        TaskCompletionSource gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
        client.DisconnectedAsync += cut =>
        {
            gone.TrySetException(new MqttCommunicationException($"the connection was cut: {cut.ReasonString ?? cut.Exception?.Message ?? cut.Reason.ToString()}"));
            return Task.CompletedTask;
        };
        using (CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken))
        {
            deadline.CancelAfter(ConnectTimeout);
            MqttClientConnectResult answer = await client.ConnectAsync(Options(), deadline.Token);
            if (answer.ResultCode != MqttClientConnectResultCode.Success)
            {
                throw new MqttCommunicationException($"the broker refuses the connection: {answer.ResultCode}; a user name and a password are not supported yet");
            }
        }

        Dictionary<string, byte[]> published = new(StringComparer.Ordinal);
        await PublishAsync(client, topics.Availability, "online"u8.ToArray(), stoppingToken);
        state.IsConnected = true;
        LogConnected(settings.Mqtt.Host, settings.Mqtt.Port);
        try
        {
            while (true)
            {
                Task next = changes.Next;
                await PublishChangesAsync(client, published, stoppingToken);
                await (await Task.WhenAny(next, gone.Task).WaitAsync(stoppingToken));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await GoodbyeAsync(client);
            throw;
        }
    }

    private async Task PublishChangesAsync(IMqttClient client, Dictionary<string, byte[]> published, CancellationToken cancellationToken)
    {
        foreach ((string topic, byte[] payload) in messages.Now())
        {
            if (published.TryGetValue(topic, out byte[]? last) && last.AsSpan().SequenceEqual(payload)) continue;
            await PublishAsync(client, topic, payload, cancellationToken);
            published[topic] = payload;
        }
    }

    private static Task<MqttClientPublishResult> PublishAsync(IMqttClient client, string topic, byte[] payload, CancellationToken cancellationToken) => client.PublishAsync(
        new MqttApplicationMessageBuilder()
            .WithTopic(topic).WithPayload(payload).WithRetainFlag().WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build(),
        cancellationToken);

    // The will only speaks for those who vanish: whoever goes in order says so himself.
    private async Task GoodbyeAsync(IMqttClient client)
    {
        try
        {
            using CancellationTokenSource deadline = new(GoodbyeTimeout, time);
            await PublishAsync(client, topics.Availability, "offline"u8.ToArray(), deadline.Token);
            await client.DisconnectAsync(new MqttClientDisconnectOptions(), deadline.Token);
        }
        catch (Exception late) when (late is MqttCommunicationException or OperationCanceledException)
        {
            LogAway(settings.Mqtt.Host, settings.Mqtt.Port, Innermost(late));
        }
    }

    private MqttClientOptions Options() => new MqttClientOptionsBuilder()
        .WithTcpServer(settings.Mqtt.Host, settings.Mqtt.Port)
        .WithClientId($"flip-edge-{settings.Gateway.Id}")
        .WithCleanSession()
        .WithKeepAlivePeriod(TimeSpan.FromSeconds(30))
        .WithTimeout(ConnectTimeout)
        .WithWillTopic(topics.Availability)
        .WithWillPayload("offline"u8.ToArray())
        .WithWillRetain()
        .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
        .Build();

    private static string Innermost(Exception exception) => exception.InnerException is { } inner ? Innermost(inner) : exception.Message;

    [LoggerMessage(302, LogLevel.Error, "The enrollment can't be read from the database and is no longer published; the other topics are")]
    private partial void LogFeedBroken(Exception exception);

    [LoggerMessage(300, LogLevel.Information, "MQTT broker {Host}:{Port} is connected")]
    private partial void LogConnected(string host, int port);

    [LoggerMessage(301, LogLevel.Warning, "MQTT broker {Host}:{Port} is away ({Reason}); it is tried again by itself, and nothing else waits for it")]
    private partial void LogAway(string host, int port, string reason);
}
