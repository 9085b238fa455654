using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Hostile.Data;

namespace Flip.Edge.Fuzz;

/// <summary>What a wire does to a read, by numbers out of a thousand.</summary>
/// <param name="Refused">Refused with an exception of 1 to 11.</param>
/// <param name="Silent">Not answered.</param>
/// <param name="Moved">Answered with the registers one beside.</param>
/// <param name="Replayed">Answered with the registers of the read before.</param>
internal readonly record struct Faults(int Refused, int Silent, int Moved, int Replayed);

/// <summary>
/// A client that answers from registers at once, so that a reading of thousands of steps runs through without a wait. Silence costs the
/// time-out, on the case's own clock.
/// </summary>
internal sealed class FaultyClient(RegisterReading registers, InstantTime time, ModbusEndpoint endpoint, int registersPerRead) : IModbusClient
{
    /// <summary>More than any reading may take.</summary>
    private const int MostReads = 20_000;

    private ushort[] _last = [];

    public Chance Chance { get; set; }

    public Faults Faults { get; init; }

    public int Reads { get; private set; }

    public ModbusEndpoint Endpoint => endpoint;

    public ModbusClientOptions Options { get; } = new() { RegistersPerRead = registersPerRead };

    public ModbusCounters Counters { get; } = new();

    public TimeSpan? Latency => TimeSpan.FromMilliseconds(20);

    public TimeSpan ResponseTimeout => Options.ResponseTimeout;

    public ValueTask<ushort[]> ReadHoldingRegistersAsync(byte unit, ushort address, ushort count, CancellationToken cancellationToken = default) =>
        Read(unit, 3, address, count);

    public async ValueTask ReadHoldingRegistersAsync(byte unit, ushort address, Memory<ushort> destination, CancellationToken cancellationToken = default) =>
        (await Read(unit, 3, address, (ushort)destination.Length).ConfigureAwait(false)).CopyTo(destination);

    public ValueTask<ushort[]> ReadInputRegistersAsync(byte unit, ushort address, ushort count, CancellationToken cancellationToken = default) =>
        Read(unit, 4, address, count);

    public ValueTask WriteSingleRegisterAsync(byte unit, ushort address, ushort value, CancellationToken cancellationToken = default) =>
        throw new FindingException("it writes");

    public ValueTask WriteMultipleRegistersAsync(byte unit, ushort address, ReadOnlyMemory<ushort> values, CancellationToken cancellationToken = default) =>
        throw new FindingException("it writes");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private ValueTask<ushort[]> Read(byte unit, byte function, ushort address, ushort count)
    {
        if (++Reads > MostReads) throw new FindingException($"more than {MostReads} reads");
        if (count < 1 || count > registersPerRead) throw new FindingException($"a read of {count} registers, and {registersPerRead} are allowed");
        if (address + count > 0x10000) throw new FindingException($"a read of {count} registers at {address}");
        Chance chance = Chance;
        int fate = chance.Below(1000);
        ushort[] words = new ushort[count];
        ModbusExceptionCode? answer;
        if (fate < Faults.Refused) answer = (ModbusExceptionCode)(1 + chance.Below(11));
        else if ((fate -= Faults.Refused) < Faults.Silent) answer = IRegisterBank.NoReply;
        else if ((fate -= Faults.Silent) < Faults.Moved) answer = Moved(unit, function, address + (chance.Once(2) ? 1 : -1), words);
        else if (fate - Faults.Moved < Faults.Replayed) answer = Replayed(words);
        else answer = registers(unit, function, address, words);
        Chance = chance;

        if (answer is null)
        {
            time.Pass(TimeSpan.FromMilliseconds(20));
            _last = words;
            return new(words);
        }

        time.Pass(answer == IRegisterBank.NoReply ? Options.ResponseTimeout : TimeSpan.FromMilliseconds(20));
        ModbusRequestInfo request = new(Endpoint.Bus, unit, function, address, count);
        throw answer == IRegisterBank.NoReply ? new ModbusTimeoutException(request, "no answer within 1 s") : new ModbusDeviceException(request, answer.Value);
    }

    private ModbusExceptionCode? Moved(byte unit, byte function, int address, ushort[] words) =>
        address < 0 || address + words.Length > 0x10000 ? ModbusExceptionCode.IllegalDataAddress : registers(unit, function, (ushort)address, words);

    private ModbusExceptionCode? Replayed(ushort[] words)
    {
        for (int i = 0; i < words.Length && i < _last.Length; i++) words[i] = _last[i];
        return null;
    }
}

/// <summary>What registers say; as <see cref="IRegisterBank.Read"/>.</summary>
internal delegate ModbusExceptionCode? RegisterReading(byte unit, byte function, ushort address, Span<ushort> destination);
