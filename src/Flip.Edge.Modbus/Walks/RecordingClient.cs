namespace Flip.Edge.Modbus;

/// <summary>A connection that keeps what it reads. It refuses to write, so that whoever walks with it can't.</summary>
/// <param name="inner">Does the work; it is closed with this one.</param>
/// <param name="kept">Takes each read that the device answered, refused, or was silent to.</param>
public sealed class RecordingClient(IModbusClient inner, Action<WalkRead> kept) : IModbusClient
{
    /// <inheritdoc/>
    public ModbusEndpoint Endpoint => inner.Endpoint;

    /// <inheritdoc/>
    public ModbusClientOptions Options => inner.Options;

    /// <inheritdoc/>
    public ModbusCounters Counters => inner.Counters;

    /// <inheritdoc/>
    public TimeSpan? Latency => inner.Latency;

    /// <inheritdoc/>
    public TimeSpan ResponseTimeout => inner.ResponseTimeout;

    /// <inheritdoc/>
    public ValueTask<ushort[]> ReadHoldingRegistersAsync(byte unit, ushort address, ushort count, CancellationToken cancellationToken = default) =>
        KeepAsync(unit, 3, address, count, () => inner.ReadHoldingRegistersAsync(unit, address, count, cancellationToken));

    /// <inheritdoc/>
    public async ValueTask ReadHoldingRegistersAsync(byte unit, ushort address, Memory<ushort> destination, CancellationToken cancellationToken = default) =>
        (await ReadHoldingRegistersAsync(unit, address, (ushort)destination.Length, cancellationToken).ConfigureAwait(false)).CopyTo(destination);

    /// <inheritdoc/>
    public ValueTask<ushort[]> ReadInputRegistersAsync(byte unit, ushort address, ushort count, CancellationToken cancellationToken = default) =>
        KeepAsync(unit, 4, address, count, () => inner.ReadInputRegistersAsync(unit, address, count, cancellationToken));

    /// <summary>Not carried out.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public ValueTask WriteSingleRegisterAsync(byte unit, ushort address, ushort value, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("a walk never writes");

    /// <summary>Not carried out.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public ValueTask WriteMultipleRegistersAsync(byte unit, ushort address, ReadOnlyMemory<ushort> values, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("a walk never writes");

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private async ValueTask<ushort[]> KeepAsync(byte unit, byte function, ushort address, ushort count, Func<ValueTask<ushort[]>> read)
    {
        try
        {
            ushort[] words = await read().ConfigureAwait(false);
            kept(new(unit, function, address, count, words, null));
            return words;
        }
        catch (ModbusDeviceException refused)
        {
            kept(new(unit, function, address, count, null, refused.Code));
            throw;
        }
        catch (ModbusTimeoutException)
        {
            kept(new(unit, function, address, count, null, IRegisterBank.NoReply));
            throw;
        }
    }
}
