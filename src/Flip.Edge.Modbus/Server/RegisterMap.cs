using System.Diagnostics.CodeAnalysis;

namespace Flip.Edge.Modbus;

/// <summary>A register bank held in memory, for simulators and tests. Registers never set answer exception 2.</summary>
public sealed class RegisterMap : IRegisterBank
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(byte Unit, byte Function), Dictionary<ushort, ushort>> _tables = [];

    /// <summary>What a unit without a single register answers: silence, as on a serial line; a TCP gateway sends exception 11.</summary>
    public ModbusExceptionCode UnknownUnit { get; init; } = IRegisterBank.NoReply;

    /// <summary>Sets holding registers (function codes 3, 6 and 16).</summary>
    public RegisterMap SetHolding(byte unit, ushort address, params ReadOnlySpan<ushort> values) => Set(unit, Pdu.ReadHolding, address, values);

    /// <summary>Sets input registers (function code 4).</summary>
    public RegisterMap SetInput(byte unit, ushort address, params ReadOnlySpan<ushort> values) => Set(unit, Pdu.ReadInput, address, values);

    /// <inheritdoc/>
    public ModbusExceptionCode? Read(byte unit, byte function, ushort address, Span<ushort> destination)
    {
        lock (_lock)
        {
            if (!TryTable(unit, function, out Dictionary<ushort, ushort>? table, out ModbusExceptionCode missing)) return missing;
            for (int i = 0; i < destination.Length; i++)
            {
                if (!table.TryGetValue((ushort)(address + i), out destination[i])) return ModbusExceptionCode.IllegalDataAddress;
            }

            return null;
        }
    }

    /// <inheritdoc/>
    public ModbusExceptionCode? Write(byte unit, ushort address, ReadOnlySpan<ushort> values)
    {
        lock (_lock)
        {
            if (!TryTable(unit, Pdu.ReadHolding, out Dictionary<ushort, ushort>? table, out ModbusExceptionCode missing)) return missing;
            for (int i = 0; i < values.Length; i++)
            {
                if (!table.ContainsKey((ushort)(address + i))) return ModbusExceptionCode.IllegalDataAddress;
            }

            for (int i = 0; i < values.Length; i++) table[(ushort)(address + i)] = values[i];
            return null;
        }
    }

    private RegisterMap Set(byte unit, byte function, ushort address, ReadOnlySpan<ushort> values)
    {
        lock (_lock)
        {
            if (!_tables.TryGetValue((unit, function), out Dictionary<ushort, ushort>? table)) _tables[(unit, function)] = table = [];
            for (int i = 0; i < values.Length; i++) table[checked((ushort)(address + i))] = values[i];
        }

        return this;
    }

    private bool TryTable(
        byte unit, byte function, [NotNullWhen(true)] out Dictionary<ushort, ushort>? table, out ModbusExceptionCode missing)
    {
        bool unitIsThere = _tables.ContainsKey((unit, Pdu.ReadHolding)) || _tables.ContainsKey((unit, Pdu.ReadInput));
        missing = unitIsThere ? ModbusExceptionCode.IllegalDataAddress : UnknownUnit;
        return _tables.TryGetValue((unit, function), out table);
    }
}
