using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.Profiles.Reading;

/// <summary>A connection that asks nothing twice, for code that wants a client. It reads only.</summary>
internal sealed class RememberingClient(AnchorReads reads, TimeProvider time) : IModbusClient
{
    public ModbusEndpoint Endpoint => reads.Client.Endpoint;

    public ModbusClientOptions Options => reads.Client.Options;

    public ModbusCounters Counters => reads.Client.Counters;

    public TimeSpan? Latency => reads.Client.Latency;

    public TimeSpan ResponseTimeout => reads.Client.ResponseTimeout;

    public async ValueTask<ushort[]> ReadHoldingRegistersAsync(byte unit, ushort address, ushort count, CancellationToken cancellationToken = default) =>
        await ReadAsync(unit, 3, address, count, cancellationToken).ConfigureAwait(false);

    public async ValueTask ReadHoldingRegistersAsync(byte unit, ushort address, Memory<ushort> destination, CancellationToken cancellationToken = default) =>
        (await ReadAsync(unit, 3, address, (ushort)destination.Length, cancellationToken).ConfigureAwait(false)).CopyTo(destination);

    public async ValueTask<ushort[]> ReadInputRegistersAsync(byte unit, ushort address, ushort count, CancellationToken cancellationToken = default) =>
        await ReadAsync(unit, 4, address, count, cancellationToken).ConfigureAwait(false);

    public ValueTask WriteSingleRegisterAsync(byte unit, ushort address, ushort value, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("finding out what a device is never writes");

    public ValueTask WriteMultipleRegistersAsync(byte unit, ushort address, ReadOnlyMemory<ushort> values, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("finding out what a device is never writes");

    /// <summary>The connection is its owner's to close.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<ushort[]> ReadAsync(byte unit, int function, ushort address, ushort count, CancellationToken cancellationToken)
    {
        (ushort[]? words, ModbusException? failure) = await reads.ReadAsync(unit, function, address, count, time, cancellationToken).ConfigureAwait(false);
        return words ?? throw failure ?? throw new ArgumentOutOfRangeException(nameof(count), count, "the registers lie outside of the address space");
    }
}
