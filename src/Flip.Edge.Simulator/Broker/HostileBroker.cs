using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Flip.Edge.Simulator.Cloud;

namespace Flip.Edge.Simulator.Broker;

/// <summary>
/// An MQTT broker on a loopback socket that misbehaves as it is told, connection by connection: what no real broker can be made to do.
/// It keeps nothing and delivers nothing.
/// </summary>
public sealed class HostileBroker : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Task, byte> _connections = new();
    private readonly Task _accepting;
    private readonly MockCertificates? _certificates;
    private readonly Func<int, TlsAct>? _tls;
    private int _accepted;
    private volatile Func<int, BrokerAct> _act;

    private HostileBroker(Func<int, BrokerAct> act, MockCertificates? certificates = null, Func<int, TlsAct>? tls = null)
    {
        (_act, _certificates, _tls) = (act, certificates, tls);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>The port it listens on.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many connections were accepted so far.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>The CONNECT packets, in order.</summary>
    public ConcurrentQueue<MqttConnect> Connects { get; } = new();

    /// <summary>Whether CONNECT packets are kept; a long run can do without.</summary>
    public bool KeepsConnects { get; set; } = true;

    /// <summary>What it adds to a refusal under MQTT 5, at most 100 bytes; null for nothing.</summary>
    public string? Words { get; set; }

    /// <summary>Starts on a free port.</summary>
    /// <param name="act">What to do with each connection, counted from 1.</param>
    /// <returns>The broker.</returns>
    public static HostileBroker Start(Func<int, BrokerAct> act) => new(act);

    /// <summary>The same for every connection.</summary>
    /// <param name="act">What to do.</param>
    /// <returns>The broker.</returns>
    public static HostileBroker Start(BrokerAct act) => new(_ => act);

    /// <summary>The same, with TLS.</summary>
    /// <param name="act">What to do with each connection that comes through the TLS, counted from 1.</param>
    /// <param name="certificates">The authority; disposed by the caller, after the broker.</param>
    /// <param name="tls">What to do with the TLS of each connection.</param>
    /// <returns>The broker.</returns>
    public static HostileBroker Start(Func<int, BrokerAct> act, MockCertificates certificates, Func<int, TlsAct> tls) => new(act, certificates, tls);

    /// <summary>How many connections the clients have left open.</summary>
    public int Open => _connections.Count;

    /// <summary>Changes what is done with connections from now on.</summary>
    /// <param name="act">What to do.</param>
    public void Become(BrokerAct act) => _act = _ => act;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        // Not the listener first: the loop may be between two of its accepts.
        await _accepting.ConfigureAwait(false);
        _listener.Dispose();
        await Task.WhenAll(_connections.Keys).ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket socket = await _listener.AcceptSocketAsync(_stop.Token).ConfigureAwait(false);
                Task served = ServeAsync(socket, Interlocked.Increment(ref _accepted));
                _connections[served] = 0;
                _ = served.ContinueWith(task => _connections.TryRemove(task, out byte _), TaskScheduler.Default);
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    private async Task ServeAsync(Socket socket, int number)
    {
        using NetworkStream plain = new(socket, ownsSocket: true);
        try
        {
            Stream stream = _tls is null ? plain : await HostileTls.SecureAsync(plain, _tls(number), _certificates!, _stop.Token).ConfigureAwait(false);
            await TalkAsync(new(stream), _act(number)).ConfigureAwait(false);
        }
        catch (Exception ended) when (ended is IOException or EndOfStreamException or OperationCanceledException or AuthenticationException or InvalidOperationException)
        {
            // The client left, or the test is over.
        }
    }

    private async Task TalkAsync(MqttWire wire, BrokerAct act)
    {
        if (act == BrokerAct.Silent) await wire.DrainAsync(_stop.Token).ConfigureAwait(false);
        MqttConnect connect = MqttConnect.Read((await wire.ReadAsync(_stop.Token).ConfigureAwait(false)).Body);
        if (KeepsConnects) Connects.Enqueue(connect);
        switch (act)
        {
            case BrokerAct.CloseOnConnect:
                return;
            case BrokerAct.Http:
                await wire.WriteAsync("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n<html>what is this?</html>"u8.ToArray(), _stop.Token).ConfigureAwait(false);
                await wire.DrainAsync(_stop.Token).ConfigureAwait(false);
                return;
            case BrokerAct.HugePacket:
                await wire.WriteAsync([0x20, 0x80, 0x84, 0xAF, 0x5F], _stop.Token).ConfigureAwait(false);
                await wire.DrainAsync(_stop.Token).ConfigureAwait(false);
                return;
            case BrokerAct.OnlyVersion311 when connect.IsVersion5:
                await wire.WriteAsync([0x20, 2, 0, 1], _stop.Token).ConfigureAwait(false);
                return;
            case BrokerAct.RefuseLogin:
                await wire.WriteAsync(connect.IsVersion5 ? MqttWire.Refusal(Words) : [0x20, 2, 0, 4], _stop.Token).ConfigureAwait(false);
                return;
        }

        await wire.WriteAsync(connect.IsVersion5 ? [0x20, 3, 0, 0, 0] : [0x20, 2, 0, 0], _stop.Token).ConfigureAwait(false);
        if (act == BrokerAct.StopReading) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _stop.Token).ConfigureAwait(false);
        while (await wire.ReadAsync(_stop.Token).ConfigureAwait(false) is var packet && packet.Type != MqttWire.Disconnect)
        {
            if (act == BrokerAct.ConfirmNothing || MqttWire.AnswerTo(packet, connect.IsVersion5) is not { } answer) continue;
            await wire.WriteAsync(answer, _stop.Token).ConfigureAwait(false);
            if (act is not (BrokerAct.AcceptAndCut or BrokerAct.TakeOver or BrokerAct.ShutDown) || packet.Type != MqttWire.Publish) continue;
            if (act != BrokerAct.AcceptAndCut) await wire.WriteAsync([0xE0, 1, act == BrokerAct.TakeOver ? (byte)0x8E : (byte)0x8B], _stop.Token).ConfigureAwait(false);
            return;
        }
    }
}
