using System.Text;
using System.Text.Json;
using Flip.Edge.Configuration;
using Flip.Edge.Status;

namespace Flip.Edge.Mqtt;

/// <summary>
/// Announces the gateway to Home Assistant on one connection, or takes back what was announced earlier. What was announced is remembered
/// where it is: in a retained list at the same broker, so that nothing is left behind by a device, a prefix or a setting that has changed.
/// </summary>
internal sealed partial class HomeAssistantSession
{
    // Long enough for a retained message that comes after the confirmation, and not long for those who look on.
    private static readonly TimeSpan ListTimeout = TimeSpan.FromSeconds(2);

    // Home Assistant's start wakes every gateway and bridge of the house at once.
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(5);

    private readonly HomeAssistantSettings _settings;
    private readonly Topics _topics;
    private readonly HomeAssistantEntities _entities;
    private readonly BrokerConnection _connection;
    private readonly Func<string, byte[], Task<bool>> _publish;
    private readonly TimeProvider _time;
    private readonly Func<double> _random;
    private readonly ILogger _log;
    private readonly ChangeSignal _started = new();
    private readonly TaskCompletionSource<HashSet<string>> _list = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<string, byte[]> _told = new(StringComparer.Ordinal);
    private HashSet<string> _listed = [];

    public HomeAssistantSession(
        HomeAssistantSettings settings, Topics topics, HomeAssistantEntities entities, BrokerConnection connection, Func<string, byte[], Task<bool>> publish,
        TimeProvider time, Func<double> random, ILogger log)
    {
        (_settings, _topics, _entities, _connection, _publish, _time, _random, _log) = (settings, topics, entities, connection, publish, time, random, log);
        connection.Received += Take;
        Asked = _started.Next;
    }

    /// <summary>Ends when Home Assistant has started since <see cref="AnswerAsync"/> was last done.</summary>
    public Task Asked { get; private set; }

    private bool IsEnabled => _settings.Enabled == true;

    /// <summary>Asks the broker what was announced earlier, and brings it up to date.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        foreach (string topic in (string[])(IsEnabled ? [_topics.Announced, _settings.StatusTopic] : [_topics.Announced]))
        {
            if (await _connection.SubscribeAsync(topic, cancellationToken) is { } refusal) LogNotHeard(_log, topic, refusal);
        }

        // Silence is the answer of a broker that knows of none.
        await Task.WhenAny(_list.Task, Task.Delay(ListTimeout, _time, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        _listed = _list.Task.IsCompletedSuccessfully ? await _list.Task : [];
        await PublishAsync();
    }

    /// <summary>Publishes what changed, and takes back what is no more.</summary>
    public async Task PublishAsync()
    {
        (string Topic, byte[] Payload)[] wanted = IsEnabled ? [.. _entities.Now()] : [];
        string[] gone = [.. _listed.Except(wanted.Select(entity => entity.Topic))];
        HashSet<string> all = [.. _listed, .. wanted.Select(entity => entity.Topic)];

        // The list goes first when it grows and last when it shrinks: whatever happens in between, nothing is announced that it lacks.
        if (all.Count > _listed.Count) await PublishListAsync(all);
        foreach ((string topic, byte[] payload) in wanted)
        {
            if (_told.TryGetValue(topic, out byte[]? last) && last.AsSpan().SequenceEqual(payload)) continue;
            await _publish(topic, payload);
            _told[topic] = payload;
        }

        foreach (string topic in gone)
        {
            await _publish(topic, []);
            _told.Remove(topic);
        }

        if (gone.Length > 0)
        {
            await PublishListAsync([.. wanted.Select(entity => entity.Topic)]);
            LogTakenBack(_log, gone.Length);
        }
    }

    /// <summary>Home Assistant has started: after a moment, everything is announced again.</summary>
    public async Task AnswerAsync(CancellationToken cancellationToken)
    {
        Asked = _started.Next;
        await Task.Delay(Spread * _random(), _time, cancellationToken);
        _told.Clear();
        LogAgain(_log);
    }

    private async Task PublishListAsync(HashSet<string> topics)
    {
        _listed = topics;
        await _publish(_topics.Announced, topics.Count == 0 ? [] : NameplateJson.Write(json =>
        {
            json.WriteStartArray();
            foreach (string topic in topics.Order(StringComparer.Ordinal)) json.WriteStringValue(topic);
            json.WriteEndArray();
        }));
        if (IsEnabled) LogAnnounced(_log, topics.Count, _settings.DiscoveryPrefix);
    }

    private void Take(BrokerMessage message)
    {
        // A retained start was there before us, and all was just announced.
        // What comes after the list is what we made of it ourselves.
        if (message.Topic == _topics.Announced && !_list.Task.IsCompleted) _list.TrySetResult(message.Payload.Length == 0 ? [] : Read(message.Payload));
        else if (message.Topic == _settings.StatusTopic && !message.IsRetained && Encoding.UTF8.GetString(message.Payload) == "online") _started.Raise();
    }

    // Whoever may write to our topic shall not make us clear another's.
    private HashSet<string> Read(byte[] payload)
    {
        try
        {
            using JsonDocument list = JsonDocument.Parse(payload);
            return list.RootElement.ValueKind != JsonValueKind.Array
                ? []
                : [.. list.RootElement.EnumerateArray().Where(topic => topic.ValueKind == JsonValueKind.String).Select(topic => topic.GetString()!).Where(_entities.IsOurs)];
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            LogListBroken(_log, _topics.Announced);
            return [];
        }
    }

    [LoggerMessage(309, LogLevel.Information, "Home Assistant is told of {Count} entities under {Prefix}")]
    private static partial void LogAnnounced(ILogger log, int count, string prefix);

    [LoggerMessage(310, LogLevel.Information, "{Count} entities that Home Assistant was told of earlier are taken back")]
    private static partial void LogTakenBack(ILogger log, int count);

    [LoggerMessage(311, LogLevel.Debug, "Home Assistant has started, and is told everything again")]
    private static partial void LogAgain(ILogger log);

    [LoggerMessage(313, LogLevel.Warning, "The broker does not let this user read {Topic} ({Reason}): Home Assistant's restarts and what it was told earlier are not noticed")]
    private static partial void LogNotHeard(ILogger log, string topic, string reason);

    [LoggerMessage(314, LogLevel.Warning, "The retained message {Topic} is no JSON list, and not used: entities that Home Assistant was told of earlier may stay there")]
    private static partial void LogListBroken(ILogger log, string topic);
}
