using Flip.Edge.Modbus;

namespace Flip.Edge.Monitoring;

/// <summary>
/// One connection for each bus, shared by whoever works with it and closed when the last lets go: many inverters take a single
/// client, and whoever keeps it locks everyone else out (solaredge-modbus#107).
/// </summary>
internal sealed class ModbusConnections(TimeProvider time)
{
    private readonly Dictionary<string, SharedBus> _open = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private ModbusTotals _closed;

    /// <summary>Requests, time-outs and other counts of all connections, those that are closed included.</summary>
    public ModbusTotals Totals
    {
        get
        {
            lock (_gate) return _open.Values.Aggregate(_closed, static (sum, bus) => sum.Plus(bus.Totals));
        }
    }

    /// <summary>
    /// A client of an endpoint's bus; disposing it lets go. While several are out, the line keeps the stricter of their options, and each
    /// has its own limit of registers.
    /// </summary>
    public IModbusClient Rent(ModbusEndpoint endpoint, ModbusClientOptions options)
    {
        lock (_gate)
        {
            if (!_open.TryGetValue(endpoint.Bus, out SharedBus? bus))
            {
                bus = new(endpoint, time);
                _open.Add(endpoint.Bus, bus);
            }

            bus.Join(options);
            return new RentedClient(bus, endpoint, options, () => ReturnAsync(bus));
        }
    }

    private async ValueTask ReturnAsync(SharedBus bus)
    {
        lock (_gate)
        {
            if (bus.Leave() > 0) return;
            _open.Remove(bus.Endpoint.Bus);
            _closed = _closed.Plus(bus.Totals);
        }

        await bus.DisposeAsync();
    }
}
