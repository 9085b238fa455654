using Flip.Edge.Devices.Probing;
using Flip.Edge.Modbus;
using Flip.Edge.Supervision;

namespace Flip.Edge.Monitoring;

/// <summary>One bus's connection. Users come and go; one that needs more patience than the others makes it open anew, between two requests.</summary>
internal sealed class SharedBus(ModbusEndpoint endpoint, TimeProvider time) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _gate = new();
    private IModbusClient? _client;
    private ModbusClientOptions? _wanted;
    private ModbusTotals _closed;
    private int _users;

    public ModbusEndpoint Endpoint => endpoint;

    /// <summary>What all connections of this bus counted, those that were replaced included.</summary>
    public ModbusTotals Totals
    {
        get
        {
            lock (_gate) return _client is null ? _closed : _closed.Plus(_client.Counters);
        }
    }

    /// <summary>The connection's own counters, for one who works with it now.</summary>
    public ModbusCounters Counters => Client().Counters;

    public TimeSpan? Latency => Client().Latency;

    public TimeSpan ResponseTimeout => Client().ResponseTimeout;

    public void Join(ModbusClientOptions options)
    {
        lock (_gate)
        {
            // How many registers go into one read is a matter between a user and his unit, not of the line.
            options = options with { RegistersPerRead = ModbusClientOptions.ProtocolRegistersPerRead };
            _users++;
            _wanted = _wanted is null ? options : StricterOptions.Of(_wanted, options);
        }
    }

    /// <summary>One user fewer; returns how many are left.</summary>
    public int Leave()
    {
        lock (_gate) return --_users;
    }

    /// <summary>Carries out one request when it is its turn, on a connection with the options that all users need.</summary>
    /// <param name="what">The request in words.</param>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public async ValueTask<T> RunAsync<T>(string what, Func<IModbusClient, ValueTask<T>> request, CancellationToken cancellationToken)
    {
        using (Progress.Waiting("for its turn on the line")) await _turn.WaitAsync(cancellationToken);
        try
        {
            using IDisposable? asking = Progress.Doing(what, Bound());
            if (Outdated() is { } before) await before.DisposeAsync();
            return await request(Client());
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        IModbusClient? client;
        lock (_gate) client = _client;
        if (client is not null) await client.DisposeAsync();
    }

    // The client's own time-outs end every request long before: one attempt, and one on a new connection.
    private TimeSpan Bound()
    {
        lock (_gate) return Progress.Usual + (2 * (_wanted!.ConnectTimeout + _wanted.ConnectDelay + _wanted.RequestGap + _wanted.MostResponseTimeout));
    }

    private IModbusClient Client()
    {
        lock (_gate) return _client ??= ModbusClient.Create(endpoint, _wanted, time);
    }

    private IModbusClient? Outdated()
    {
        lock (_gate)
        {
            if (_client is null || _client.Options == _wanted) return null;
            IModbusClient before = _client;
            _closed = _closed.Plus(before.Counters);
            _client = null;
            return before;
        }
    }
}
