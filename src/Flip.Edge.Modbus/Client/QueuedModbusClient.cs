using System.Runtime.CompilerServices;

namespace Flip.Edge.Modbus;

/// <summary>Checks arguments, and lets one request at a time through to the pump.</summary>
internal sealed class QueuedModbusClient : IModbusClient
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly RequestPump _pump;
    private volatile bool _isDisposed;

    public QueuedModbusClient(ModbusEndpoint endpoint, ModbusClientOptions options, TimeProvider time)
    {
        Endpoint = endpoint;
        Options = options;
        _pump = new RequestPump(endpoint, options, time, Counters);
    }

    public ModbusEndpoint Endpoint { get; }

    public ModbusClientOptions Options { get; }

    public ModbusCounters Counters { get; } = new();

    public TimeSpan? Latency => _pump.Timing.Latency;

    public TimeSpan ResponseTimeout => _pump.Timing.Timeout;

    public ValueTask<ushort[]> ReadHoldingRegistersAsync(byte unit, ushort address, ushort count, CancellationToken cancellationToken = default)
    {
        Check(unit, address, count, Options.RegistersPerRead);
        return ReadAsync(unit, Pdu.ReadHolding, address, new ushort[count], cancellationToken);
    }

    public ValueTask ReadHoldingRegistersAsync(byte unit, ushort address, Memory<ushort> destination, CancellationToken cancellationToken = default)
    {
        Check(unit, address, destination.Length, Options.RegistersPerRead);
        return RunAsync(ModbusCall.Read(unit, Pdu.ReadHolding, address, destination), cancellationToken);
    }

    public ValueTask<ushort[]> ReadInputRegistersAsync(byte unit, ushort address, ushort count, CancellationToken cancellationToken = default)
    {
        Check(unit, address, count, Options.RegistersPerRead);
        return ReadAsync(unit, Pdu.ReadInput, address, new ushort[count], cancellationToken);
    }

    public ValueTask WriteSingleRegisterAsync(byte unit, ushort address, ushort value, CancellationToken cancellationToken = default)
    {
        Check(unit, address, 1, Pdu.MaxWrite);
        return RunAsync(ModbusCall.Write(unit, address, value), cancellationToken);
    }

    public ValueTask WriteMultipleRegistersAsync(
        byte unit, ushort address, ReadOnlyMemory<ushort> values, CancellationToken cancellationToken = default)
    {
        Check(unit, address, values.Length, Pdu.MaxWrite);
        return RunAsync(ModbusCall.Write(unit, address, values), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        _pump.Stop();
        await _turn.WaitAsync().ConfigureAwait(false); // the request under way ends at once, and those that queue see that it is over
        _pump.Dispose();
        _turn.Release();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ushort[]> ReadAsync(byte unit, byte function, ushort address, ushort[] registers, CancellationToken ct)
    {
        await RunAsync(ModbusCall.Read(unit, function, address, registers), ct).ConfigureAwait(false);
        return registers;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask RunAsync(ModbusCall call, CancellationToken ct)
    {
        await _turn.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(IModbusClient));
            await _pump.RunAsync(call, ct).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private void Check(byte unit, ushort address, int count, int most)
    {
        if (count < 1 || count > most) throw new ArgumentOutOfRangeException(nameof(count), count, $"between 1 and {most} registers at once");
        if (address + count > 0x10000) throw new ArgumentOutOfRangeException(nameof(address), address, $"{count} registers from there pass the last one, 65535");
        if (Endpoint is not ModbusTcpEndpoint && unit is 0 or > 247)
        {
            throw new ArgumentOutOfRangeException(nameof(unit), unit, "a unit on a serial line is between 1 and 247");
        }
    }
}
