using System.Diagnostics;
using Flip.Edge.Configuration;
using Flip.Edge.Enrollment;
using Flip.Edge.Mqtt;
using Flip.Edge.Simulator.Broker;
using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Flip.Edge.Soak.MqttReconnects;

/// <summary>What the process holds after so many reconnects, the garbage collected.</summary>
/// <param name="Reconnects">Connections that the broker has accepted.</param>
/// <param name="ResidentKb">Memory that is in RAM, in kB.</param>
/// <param name="ManagedKb">Memory of living objects, in kB.</param>
/// <param name="Threads">All of the process.</param>
/// <param name="Handles">Open file descriptors.</param>
internal sealed record Footprint(int Reconnects, long ResidentKb, long ManagedKb, int Threads, int Handles)
{
    public static Footprint Now(int reconnects)
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        using Process self = Process.GetCurrentProcess();
        return new(reconnects, self.WorkingSet64 / 1024, GC.GetTotalMemory(forceFullCollection: false) / 1024, self.Threads.Count, OpenHandles.Of(self.Id));
    }
}

/// <summary>
/// The daemon's own publisher against a broker on a loopback socket that accepts it, confirms its first message and cuts it, again and again
/// (MQTTnet#647, #724, #1010), or ends it in one of the other ways that it has.
/// </summary>
internal sealed class ReconnectRun : IAsyncDisposable
{
    // Every way that a connection can end without waiting for a deadline.
    private static readonly BrokerAct[] Acts = [BrokerAct.AcceptAndCut, BrokerAct.TakeOver, BrokerAct.AcceptAndCut, BrokerAct.RefuseLogin, BrokerAct.AcceptAndCut, BrokerAct.CloseOnConnect, BrokerAct.HugePacket];

    // The same with TLS; the acts above are for those that come through.
    private static readonly TlsAct[] TlsActs =
        [TlsAct.Good, TlsAct.Expired, TlsAct.Good, TlsAct.OtherHost, TlsAct.Untrusted, TlsAct.CutHandshake, TlsAct.NoTls, TlsAct.GarbageAfterHandshake, TlsAct.CutRecord, TlsAct.Renegotiate];

    private readonly MockCertificates? _certificates;
    private readonly EdgeDatabase _database;
    private readonly IHost _parts;
    private readonly StatusPublisher _publisher;

    private ReconnectRun(EdgeDatabase database, IHost parts, StatusPublisher publisher, HostileBroker broker, MockCertificates? certificates, CompressedTime time) =>
        (_database, _parts, _publisher, Broker, _certificates, Time) = (database, parts, publisher, broker, certificates, time);

    public HostileBroker Broker { get; }

    public CompressedTime Time { get; }

    /// <param name="settings">Any; the broker is set here.</param>
    /// <param name="isTls">Whether the broker has TLS, and attacks there too.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<ReconnectRun> StartAsync(EdgeSettings settings, bool isTls, CancellationToken cancellationToken)
    {
        MockCertificates? certificates = isTls ? new(TimeProvider.System.GetUtcNow()) : null;
        string ca = Path.Combine(settings.Gateway.DataDirectory, "broker-ca.pem");
        if (certificates is not null) await File.WriteAllTextAsync(ca, certificates.AuthorityPem, cancellationToken);
        HostileBroker broker = certificates is null
            ? HostileBroker.Start(number => Acts[number % Acts.Length])
            : HostileBroker.Start(number => Acts[number % Acts.Length], certificates, number => TlsActs[number % TlsActs.Length]);
        broker.KeepsConnects = false;
        settings = settings with
        {
            Mqtt = new(true, "127.0.0.1", broker.Port, "flip-edge") { Protocol = MqttProtocol.Version5, HomeAssistant = new(Enabled: true), Tls = isTls ? new(ca, null, null) : null },
        };
        EdgeDatabase database = EdgeDatabase.Open(settings.Gateway.DatabaseFile, TimeProvider.System, new());

        // The daemon is put together and not started: only its publisher runs, on time of its own.
        IHost parts = EdgeHost.Build(settings, () => throw new NotSupportedException(), database, TimeProvider.System);
        T Part<T>()
            where T : notnull => parts.Services.GetRequiredService<T>();
        CompressedTime time = new();
        static double Chance() => CompressedTime.Chance;
        BrokerConnector connector = new(settings, Part<Topics>(), time, NullLogger<BrokerConnector>.Instance);
        BrokerReport report = new(settings, connector, Part<MqttState>(), NullLogger<BrokerReport>.Instance);
        BrokerSession session = new(settings, Part<Topics>(), Part<RetainedMessages>(), Part<HomeAssistantEntities>(), report, Part<ChangeSignal>(), time, Chance, NullLogger<BrokerSession>.Instance);
        StatusPublisher publisher = new(
            connector, session, report, Part<RetainedMessages>(), Part<IEnrollmentFeed>(), Part<MqttState>(), Part<ChangeSignal>(), time, Chance, NullLogger<StatusPublisher>.Instance);
        await publisher.StartAsync(cancellationToken);
        return new(database, parts, publisher, broker, certificates, time);
    }

    /// <summary>Waits until the broker has accepted so many connections.</summary>
    /// <exception cref="TimeoutException">None came for a minute: the loop hangs.</exception>
    public async Task UntilAsync(int reconnects, CancellationToken cancellationToken)
    {
        int last = -1;
        long since = TimeProvider.System.GetTimestamp();
        while (Broker.Accepted < reconnects)
        {
            if (Broker.Accepted != last) (last, since) = (Broker.Accepted, TimeProvider.System.GetTimestamp());
            if (TimeProvider.System.GetElapsedTime(since) > TimeSpan.FromMinutes(1)) throw new TimeoutException($"No connect for a minute after {last} of them: the loop hangs.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _publisher.StopAsync(CancellationToken.None);
        _publisher.Dispose();
        _parts.Dispose();
        _database.Dispose();
        await Broker.DisposeAsync();
        _certificates?.Dispose();
    }
}
