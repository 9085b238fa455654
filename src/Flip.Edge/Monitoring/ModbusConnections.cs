using Flip.Edge.Modbus;

namespace Flip.Edge.Monitoring;

/// <summary>
/// One connection for each bus, shared by whoever works with it and closed when the last lets go: many inverters take a single
/// client, and whoever keeps it locks everyone else out (solaredge-modbus#107).
/// </summary>
internal sealed class ModbusConnections(TimeProvider time)
{
    private readonly Dictionary<string, Shared> _open = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private ModbusTotals _closed;

    /// <summary>Requests, time-outs and other counts of all connections, those that are closed included.</summary>
    public ModbusTotals Totals
    {
        get
        {
            lock (_gate) return _open.Values.Aggregate(_closed, static (sum, shared) => sum.Plus(shared.Client.Counters));
        }
    }

    /// <summary>The connection of an endpoint's bus. The first user's options hold until the last has let go.</summary>
    public Lease Rent(ModbusEndpoint endpoint, ModbusClientOptions options)
    {
        lock (_gate)
        {
            if (!_open.TryGetValue(endpoint.Bus, out Shared? shared))
            {
                shared = new(ModbusClient.Create(endpoint, options, time));
                _open.Add(endpoint.Bus, shared);
            }

            shared.Users++;
            return new(this, endpoint.Bus, shared);
        }
    }

    private bool Return(string bus, Shared shared)
    {
        lock (_gate)
        {
            if (--shared.Users > 0) return false;
            _open.Remove(bus);
            _closed = _closed.Plus(shared.Client.Counters);
            return true;
        }
    }

    internal sealed class Shared(IModbusClient client)
    {
        public IModbusClient Client { get; } = client;

        public int Users { get; set; }
    }

    /// <summary>A share in a connection.</summary>
    internal sealed class Lease(ModbusConnections owner, string bus, Shared shared) : IAsyncDisposable
    {
        public IModbusClient Client => shared.Client;

        public async ValueTask DisposeAsync()
        {
            if (owner.Return(bus, shared)) await shared.Client.DisposeAsync();
        }
    }
}

/// <summary>Sums over connections.</summary>
internal readonly record struct ModbusTotals(long Requests, long Timeouts, long BrokenFrames, long ForeignFrames, long Connects)
{
    public ModbusTotals Plus(ModbusCounters counters) => new(
        Requests + counters.Requests, Timeouts + counters.Timeouts, BrokenFrames + counters.BrokenFrames,
        ForeignFrames + counters.ForeignFrames, Connects + counters.Connects);
}
