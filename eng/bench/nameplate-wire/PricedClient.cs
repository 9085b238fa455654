using Flip.Edge.Modbus;

namespace Flip.Edge.Bench.NameplateWire;

/// <summary>A client without a wire that claims a transport and a latency, so that plans are made for them.</summary>
internal sealed class PricedClient(IModbusClient device, ModbusEndpoint endpoint, TimeSpan latency) : IModbusClient
{
    public ModbusEndpoint Endpoint => endpoint;

    public ModbusClientOptions Options => device.Options;

    public ModbusCounters Counters => device.Counters;

    public TimeSpan? Latency => latency;

    public TimeSpan ResponseTimeout => TimeSpan.FromSeconds(1);

    public ValueTask<ushort[]> ReadHoldingRegistersAsync(byte unit, ushort address, ushort count, CancellationToken cancellationToken = default) =>
        device.ReadHoldingRegistersAsync(unit, address, count, cancellationToken);

    public ValueTask ReadHoldingRegistersAsync(byte unit, ushort address, Memory<ushort> destination, CancellationToken cancellationToken = default) =>
        device.ReadHoldingRegistersAsync(unit, address, destination, cancellationToken);

    public ValueTask<ushort[]> ReadInputRegistersAsync(byte unit, ushort address, ushort count, CancellationToken cancellationToken = default) =>
        device.ReadInputRegistersAsync(unit, address, count, cancellationToken);

    public ValueTask WriteSingleRegisterAsync(byte unit, ushort address, ushort value, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("reading a nameplate never writes");

    public ValueTask WriteMultipleRegistersAsync(byte unit, ushort address, ReadOnlyMemory<ushort> values, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("reading a nameplate never writes");

    public ValueTask DisposeAsync() => device.DisposeAsync();
}
