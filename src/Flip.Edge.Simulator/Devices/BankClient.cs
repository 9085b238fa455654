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

    /// <summary>There is no wire, and it answers at once; plans are made as if it took so long.</summary>
    public TimeSpan? Latency { get; init; } = TimeSpan.Zero;

    public TimeSpan ResponseTimeout => Options.ResponseTimeout;

    /// <summary>Every read in order, and whether registers came back.</summary>
    public IList<(ushort Address, ushort Count, bool Answered)> Reads { get; } = new List<(ushort Address, ushort Count, bool Answered)>();

    /// <summary>Unit id and function of every read, in the order of <see cref="Reads"/>.</summary>
    public IList<(byte Unit, byte Function)> Addressees { get; } = new List<(byte Unit, byte Function)>();

    public async ValueTask<ushort[]> ReadHoldingRegistersAsync(byte unit, ushort address, ushort count, CancellationToken cancellationToken = default)
    {
        ushort[] words = new ushort[count];
        await ReadHoldingRegistersAsync(unit, address, words, cancellationToken);
        return words;
    }

    public ValueTask ReadHoldingRegistersAsync(byte unit, ushort address, Memory<ushort> destination, CancellationToken cancellationToken = default)
    {
        Read(unit, 3, address, destination.Span, cancellationToken);
        return ValueTask.CompletedTask;
    }

    public ValueTask<ushort[]> ReadInputRegistersAsync(byte unit, ushort address, ushort count, CancellationToken cancellationToken = default)
    {
        ushort[] words = new ushort[count];
        Read(unit, 4, address, words, cancellationToken);
        return new(words);
    }

    public ValueTask WriteSingleRegisterAsync(byte unit, ushort address, ushort value, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("reading a nameplate never writes");

    public ValueTask WriteMultipleRegistersAsync(byte unit, ushort address, ReadOnlyMemory<ushort> values, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("reading a nameplate never writes");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Read(byte unit, byte function, ushort address, Span<ushort> destination, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ModbusExceptionCode? refused = bank.Read(unit, function, address, destination);
        Reads.Add((address, (ushort)destination.Length, refused is null));
        Addressees.Add((unit, function));
        ModbusRequestInfo request = new(Endpoint.Bus, unit, function, address, (ushort)destination.Length);
        if (refused == IRegisterBank.NoReply) throw new ModbusTimeoutException(request, "no answer within 1 s");
        if (refused is { } code) throw new ModbusDeviceException(request, code);
    }
}
