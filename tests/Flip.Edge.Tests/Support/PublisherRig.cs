using Flip.Edge.Configuration;
using Flip.Edge.Enrollment;
using Flip.Edge.Monitoring;
using Flip.Edge.Mqtt;
using Microsoft.Extensions.DependencyInjection;

namespace Flip.Edge.Tests.Support;

/// <summary>The daemon's publisher, on fake time and with a log that keeps its lines, before any broker. The rest of the daemon is real and runs.</summary>
internal sealed class PublisherRig : IAsyncDisposable
{
    private readonly EdgeUnderTest _edge;
    private readonly StatusPublisher _publisher;

    private PublisherRig(EdgeUnderTest edge, EdgeSettings settings, Func<double> random)
    {
        _edge = edge;
        ChangeSignal changes = edge.Services.GetRequiredService<ChangeSignal>();
        State = new(isEnabled: true, changes);
        Topics topics = new(settings);
        RetainedMessages messages = edge.Services.GetRequiredService<RetainedMessages>();
        BrokerConnector connector = new(settings, topics, Time, ConnectorLog) { CredentialsDirectory = null };
        BrokerReport report = new(settings, connector, State, Log);
        BrokerSession session = new(
            settings, topics, messages, new HomeAssistantEntities(settings, topics, edge.Services.GetRequiredService<DeviceWatch>()), report, changes, Time, random, SessionLog);
        _publisher = new(connector, session, report, messages, edge.Services.GetRequiredService<IEnrollmentFeed>(), State, changes, Time, random, new LogLines<StatusPublisher>());
    }

    public WatchedTime Time { get; } = new(TimeProvider.System.GetUtcNow());

    public MqttState State { get; }

    public LogLines<BrokerReport> Log { get; } = new();

    public LogLines<BrokerConnector> ConnectorLog { get; } = new();

    public LogLines<BrokerSession> SessionLog { get; } = new();

    public IServiceProvider Services => _edge.Services;

    /// <param name="settings">As <see cref="EdgeUnderTest.Settings"/> makes them.</param>
    /// <param name="mqtt">The broker.</param>
    /// <param name="chance">What every chance is drawn as.</param>
    public static async Task<PublisherRig> StartAsync(EdgeSettings settings, MqttSettings mqtt, double chance = 1)
    {
        // The daemon's own publisher stays off.
        EdgeUnderTest edge = await EdgeUnderTest.StartAsync(settings with { Mqtt = mqtt with { Enabled = false } });
        PublisherRig rig = new(edge, settings with { Mqtt = mqtt }, () => chance);
        await rig._publisher.StartAsync(TestContext.Current.CancellationToken);
        return rig;
    }

    /// <summary>Stops the publisher as the daemon's end does, and lets two seconds pass meanwhile: the goodbye has 1.5 s, and nothing else is waited for.</summary>
    public async Task StopAsync()
    {
        Task stopped = _publisher.StopAsync(CancellationToken.None);
        DateTimeOffset end = Time.GetUtcNow() + TimeSpan.FromSeconds(2);
        await FaultRig.UntilAsync(() =>
        {
            if (!stopped.IsCompleted && Time.GetUtcNow() < end) Time.Advance(TimeSpan.FromMilliseconds(50));
            return stopped.IsCompleted;
        });
        await stopped;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _publisher.Dispose();
        await _edge.DisposeAsync();
    }
}
