using Flip.Edge.Modbus;

namespace Flip.Edge.Simulator.Devices;

/// <summary>
/// A client that reads a register bank without a wire in between, and keeps what it was asked: for tests, and for counting what a
/// serial line would have carried.
/// </summary>
public sealed class BankClient(IRegisterBank bank, ModbusEndpoint? endpoint = null, ModbusClientOptions? options = null) : IModbusClient
{
    public ModbusEndpoint Endpoint { get; } = endpoint ?? new ModbusRtuEndpoint("/dev/ttyTest", 9600, SerialParity.None, 1, 1);

    public ModbusClientOptions Options { get; } = options ?? new();

    public ModbusCounters Counters { get; } = new();

    /// <summary>Every read in order, and whether registers came back.</summary>
    public IList<(ushort Address, ushort Count, bool Answered)> Reads { get; } = new List<(ushort Address, ushort Count, bool Answered)>();

    public async ValueTask<ushort[]> ReadHoldingRegistersAsync(byte unit, ushort address, ushort count, CancellationToken cancellationToken = default)
    {
        ushort[] words = new ushort[count];
        await ReadHoldingRegistersAsync(unit, address, words, cancellationToken);
        return words;
    }

    public ValueTask ReadHoldingRegistersAsync(byte unit, ushort address, Memory<ushort> destination, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ModbusExceptionCode? refused = bank.Read(unit, 3, address, destination.Span);
        Reads.Add((address, (ushort)destination.Length, refused is null));
        ModbusRequestInfo request = new(Endpoint.Bus, unit, 3, address, (ushort)destination.Length);
        if (refused == IRegisterBank.NoReply) throw new ModbusTimeoutException(request, "no answer within 1 s");
        return refused is { } code ? throw new ModbusDeviceException(request, code) : ValueTask.CompletedTask;
    }

    public ValueTask<ushort[]> ReadInputRegistersAsync(byte unit, ushort address, ushort count, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("a nameplate is read from holding registers");

    public ValueTask WriteSingleRegisterAsync(byte unit, ushort address, ushort value, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("reading a nameplate never writes");

    public ValueTask WriteMultipleRegistersAsync(byte unit, ushort address, ReadOnlyMemory<ushort> values, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("reading a nameplate never writes");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
