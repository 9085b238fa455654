using System.Globalization;
using Flip.Edge.Modbus;

namespace Flip.Edge.Monitoring;

/// <summary>A share in a bus's connection, with a limit of registers of its own. Disposing it lets go of the share.</summary>
internal sealed class RentedClient(SharedBus bus, ModbusEndpoint endpoint, ModbusClientOptions options, Func<ValueTask> letGo) : IModbusClient
{
    private int _isReturned;

    public ModbusEndpoint Endpoint => endpoint;

    public ModbusClientOptions Options => options;

    public ModbusCounters Counters => bus.Counters;

    public TimeSpan? Latency => bus.Latency;

    public TimeSpan ResponseTimeout => bus.ResponseTimeout;

    public async ValueTask<ushort[]> ReadHoldingRegistersAsync(byte unit, ushort address, ushort count, CancellationToken cancellationToken = default)
    {
        Check(count);
        return await bus.RunAsync(Reading("holding", count, address, unit), client => client.ReadHoldingRegistersAsync(unit, address, count, cancellationToken), cancellationToken);
    }

    public async ValueTask ReadHoldingRegistersAsync(byte unit, ushort address, Memory<ushort> destination, CancellationToken cancellationToken = default)
    {
        Check(destination.Length);
        await bus.RunAsync(
            Reading("holding", destination.Length, address, unit), client => Done(client.ReadHoldingRegistersAsync(unit, address, destination, cancellationToken)), cancellationToken);
    }

    public async ValueTask<ushort[]> ReadInputRegistersAsync(byte unit, ushort address, ushort count, CancellationToken cancellationToken = default)
    {
        Check(count);
        return await bus.RunAsync(Reading("input", count, address, unit), client => client.ReadInputRegistersAsync(unit, address, count, cancellationToken), cancellationToken);
    }

    public async ValueTask WriteSingleRegisterAsync(byte unit, ushort address, ushort value, CancellationToken cancellationToken = default) =>
        await bus.RunAsync(Writing(1, address, unit), client => Done(client.WriteSingleRegisterAsync(unit, address, value, cancellationToken)), cancellationToken);

    public async ValueTask WriteMultipleRegistersAsync(
        byte unit, ushort address, ReadOnlyMemory<ushort> values, CancellationToken cancellationToken = default) =>
        await bus.RunAsync(Writing(values.Length, address, unit), client => Done(client.WriteMultipleRegistersAsync(unit, address, values, cancellationToken)), cancellationToken);

    public ValueTask DisposeAsync() => Interlocked.Exchange(ref _isReturned, 1) == 0 ? letGo() : ValueTask.CompletedTask;

    private static async ValueTask<bool> Done(ValueTask request)
    {
        await request;
        return true;
    }

    private string Reading(string kind, int count, ushort address, byte unit) =>
        string.Create(CultureInfo.InvariantCulture, $"reading {Counted.Of(count, $"{kind} register")} from {address} of unit {unit} at {endpoint.Bus}");

    private string Writing(int count, ushort address, byte unit) =>
        string.Create(CultureInfo.InvariantCulture, $"writing {Counted.Of(count, "holding register")} from {address} of unit {unit} at {endpoint.Bus}");

    private void Check(int count) =>
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, options.RegistersPerRead, nameof(count));
}
