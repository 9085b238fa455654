using Flip.Edge.Modbus;

namespace Flip.Edge.Bench;

/// <summary>Reads a register bank directly and keeps what a serial line would have carried.</summary>
internal sealed class CountingClient(IRegisterBank bank) : IModbusClient
{
    public ModbusEndpoint Endpoint { get; } = new ModbusRtuEndpoint("/dev/ttyBench", 9600, SerialParity.None, 1, 1);

    public ModbusClientOptions Options { get; } = new();

    public ModbusCounters Counters { get; } = new();

    public List<(ushort Address, ushort Count, bool Answered)> Reads { get; } = [];

    public async ValueTask<ushort[]> ReadHoldingRegistersAsync(byte unit, ushort address, ushort count, CancellationToken cancellationToken = default)
    {
        ushort[] words = new ushort[count];
        await ReadHoldingRegistersAsync(unit, address, words, cancellationToken);
        return words;
    }

    public ValueTask ReadHoldingRegistersAsync(byte unit, ushort address, Memory<ushort> destination, CancellationToken cancellationToken = default)
    {
        ModbusExceptionCode? refused = bank.Read(unit, 3, address, destination.Span);
        Reads.Add((address, (ushort)destination.Length, refused is null));
        ModbusRequestInfo request = new(Endpoint.Bus, unit, 3, address, (ushort)destination.Length);
        return refused is { } code ? throw new ModbusDeviceException(request, code) : ValueTask.CompletedTask;
    }

    public ValueTask<ushort[]> ReadInputRegistersAsync(byte unit, ushort address, ushort count, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("only holding registers are measured");

    public ValueTask WriteSingleRegisterAsync(byte unit, ushort address, ushort value, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("a nameplate is read, never written");

    public ValueTask WriteMultipleRegistersAsync(byte unit, ushort address, ReadOnlyMemory<ushort> values, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("a nameplate is read, never written");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
