using Flip.Edge.Configuration;
using Flip.Edge.Supervision;

namespace Flip.Edge.Mqtt;

/// <summary>What is done on one connection: everything is published at its beginning, then what changes, until it ends.</summary>
internal sealed partial class BrokerSession(
    EdgeSettings settings, Topics topics, RetainedMessages messages, HomeAssistantEntities entities, BrokerReport report, ChangeSignal changes,
    TimeProvider time, Func<double> random, ILogger<BrokerSession> log)
{
    private static readonly Task Never = new TaskCompletionSource().Task;

    /// <summary>Runs until the connection is over.</summary>
    /// <returns>Why it ended.</returns>
    /// <exception cref="BrokerException">It ended in the middle of a message.</exception>
    /// <exception cref="OperationCanceledException">The daemon stops; the broker was told.</exception>
    public async Task<BrokerException> RunAsync(BrokerConnection connection, CancellationToken stoppingToken)
    {
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        HashSet<string> refused = [];
        Task<bool> Publish(string topic, byte[] payload) => PublishAsync(connection, refused, topic, payload, stoppingToken);
        try
        {
            await Publish(topics.Availability, "online"u8.ToArray());
            report.Connected(connection);
            return await FollowAsync(connection, Publish, over.Token);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await GoodbyeAsync(connection);
            throw;
        }
        finally
        {
            await over.CancelAsync();
        }
    }

    private async Task<BrokerException> FollowAsync(BrokerConnection connection, Func<string, byte[], Task<bool>> publish, CancellationToken over)
    {
        Task stable = Task.Delay(BrokerPace.StableAfter, time, over);
        HomeAssistantSession? home = settings.Mqtt.HomeAssistant.Enabled is null ? null : new(settings.Mqtt.HomeAssistant, topics, entities, connection, publish, time, random, log);
        Dictionary<string, byte[]> published = new(StringComparer.Ordinal);
        bool isFirst = true;
        while (true)
        {
            Task next = changes.Next, asked = home?.Asked ?? Never;
            await PublishChangesAsync(published, publish);
            if (home is not null) await (isFirst ? home.BeginAsync(over) : home.PublishAsync());
            isFirst = false;
            Task woken;
            using (Progress.Waiting("for a change")) woken = await Task.WhenAny(connection.Gone, next, stable, asked).WaitAsync(over);
            if (woken == connection.Gone) return await connection.Gone;
            if (woken == stable)
            {
                report.Stable(connection);
                stable = Never;
            }
            else if (woken == asked)
            {
                await home!.AnswerAsync(over);
                published.Clear();
            }
        }
    }

    private async Task PublishChangesAsync(Dictionary<string, byte[]> published, Func<string, byte[], Task<bool>> publish)
    {
        foreach ((string topic, byte[] payload) in messages.Now())
        {
            if (published.TryGetValue(topic, out byte[]? last) && last.AsSpan().SequenceEqual(payload)) continue;
            await publish(topic, payload);
            published[topic] = payload;
        }

        // An empty message takes a retained one away (MQTT 5, 3.3.1.3).
        foreach (string gone in published.Keys.Where(messages.IsOfNoDevice).ToArray())
        {
            await publish(gone, []);
            published.Remove(gone);
        }
    }

    private async Task<bool> PublishAsync(BrokerConnection connection, HashSet<string> refused, string topic, byte[] payload, CancellationToken stoppingToken)
    {
        string? refusal = await connection.PublishAsync(topic, payload, stoppingToken);
        if (refusal is not null && refused.Add(topic)) LogTopicRefused(settings.Mqtt.Broker, topic, refusal);
        return refusal is null;
    }

    private async Task GoodbyeAsync(BrokerConnection connection)
    {
        try
        {
            await connection.GoodbyeAsync(topics.Availability, "offline"u8.ToArray());
        }
        catch (BrokerException late)
        {
            report.NoGoodbye(late);
        }
    }

    [LoggerMessage(308, LogLevel.Warning, "MQTT broker {Broker} does not take {Topic}: {Reason}. May this user publish under Mqtt:TopicPrefix and, for Home Assistant, under Mqtt:HomeAssistant:DiscoveryPrefix?")]
    private partial void LogTopicRefused(string broker, string topic, string reason);
}
