using Flip.Edge.Modbus;

namespace Flip.Edge.Simulator.Hostile.Data;

/// <summary>A read as it reaches a device.</summary>
/// <param name="Device">The device's true registers.</param>
/// <param name="Number">1 for the first read since the behaviour was put upon the device.</param>
/// <param name="Unit">Unit id asked for.</param>
/// <param name="Function">3 or 4.</param>
/// <param name="Address">First register, 0-based.</param>
internal readonly record struct DataRead(IRegisterBank Device, int Number, byte Unit, byte Function, ushort Address)
{
    /// <summary>What the device says truly.</summary>
    public ModbusExceptionCode? Truth(Span<ushort> destination) => Device.Read(Unit, Function, Address, destination);

    /// <summary>What the device says of other registers.</summary>
    public ModbusExceptionCode? TruthAt(int address, Span<ushort> destination) =>
        address < 0 || address + destination.Length > 0x10000
            ? ModbusExceptionCode.IllegalDataAddress
            : Device.Read(Unit, Function, (ushort)address, destination);
}

/// <summary>Answers a read; the result is that of <see cref="IRegisterBank.Read"/>.</summary>
internal delegate ModbusExceptionCode? DataRule(DataRead read, Span<ushort> destination);

/// <summary>Puts a rule before a device's registers. Reads are counted, so that a rule can lie now and then and still repeat itself.</summary>
internal sealed class RuledBank(IRegisterBank inner, DataRule rule) : IRegisterBank
{
    private int _reads;

    public ModbusExceptionCode? Read(byte unit, byte function, ushort address, Span<ushort> destination) =>
        rule(new(inner, Interlocked.Increment(ref _reads), unit, function, address), destination);

    public ModbusExceptionCode? Write(byte unit, ushort address, ReadOnlySpan<ushort> values) => inner.Write(unit, address, values);
}

/// <summary>Answers every n-th read with the registers of the read before, as gateways do that cache (Growatt_ModbusTCP#447).</summary>
internal sealed class ReplayingBank(IRegisterBank inner, int every) : IRegisterBank
{
    private readonly Lock _lock = new();
    private ushort[] _last = [];
    private int _reads;

    public ModbusExceptionCode? Read(byte unit, byte function, ushort address, Span<ushort> destination)
    {
        lock (_lock)
        {
            if (++_reads % every == 0 && _last.Length > 0)
            {
                for (var i = 0; i < destination.Length; i++) destination[i] = i < _last.Length ? _last[i] : (ushort)0;
                return null;
            }

            var refused = inner.Read(unit, function, address, destination);
            if (refused is null) _last = destination.ToArray();
            return refused;
        }
    }

    public ModbusExceptionCode? Write(byte unit, ushort address, ReadOnlySpan<ushort> values) => inner.Write(unit, address, values);
}
