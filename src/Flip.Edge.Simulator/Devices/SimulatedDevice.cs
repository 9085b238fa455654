using Flip.Edge.Modbus;

namespace Flip.Edge.Simulator.Devices;

/// <summary>How a device is connected, which decides how an absent unit sounds.</summary>
public enum DeviceWire
{
    /// <summary>Modbus TCP: the gateway in front answers exception 11 for a unit that isn't there.</summary>
    Tcp,

    /// <summary>A serial line: nobody answers for a unit that isn't there.</summary>
    Rtu,
}

/// <summary>A request that reached the device.</summary>
/// <param name="Unit">Unit id asked for.</param>
/// <param name="Function">3 and 4 read, 16 writes (also a single register).</param>
/// <param name="Address">First register.</param>
/// <param name="Count">Registers.</param>
/// <param name="Answer">Null for registers or an echo; else the exception, or <see cref="IRegisterBank.NoReply"/>.</param>
public readonly record struct DeviceAccess(byte Unit, byte Function, ushort Address, int Count, ModbusExceptionCode? Answer)
{
    public override string ToString()
    {
        var what = Function == 16 ? "write" : "read";
        var end = Answer is not { } code ? "" : code == IRegisterBank.NoReply ? ": silence" : $": exception {(byte)code}";
        return $"unit {Unit}: {what} {Count} at {Address}{end}";
    }
}

/// <summary>A device with registers behind one or several unit ids. Counts what it is asked. Safe for concurrent servers.</summary>
/// <param name="registers">What it answers; safe for concurrent servers.</param>
/// <param name="units">The unit ids that it answers to.</param>
public sealed class SimulatedDevice(IRegisterBank registers, IReadOnlyList<byte> units) : IRegisterBank
{
    private long _reads;
    private long _registersRead;
    private long _refused;

    /// <summary>A device that answers from tables.</summary>
    public SimulatedDevice(DeviceTables tables, DeviceWire wire)
        : this(new TableBank(tables, wire), tables.Units)
    {
    }

    /// <summary>A device with one map of holding registers behind these unit ids, 1 unless told.</summary>
    public SimulatedDevice(DeviceRegisters map, DeviceWire wire, params byte[] units)
        : this(DeviceTables.Same(map, units.Length == 0 ? [1] : units), wire)
    {
    }

    /// <summary>After each request, on the server's thread.</summary>
    public event Action<DeviceAccess>? Accessed;

    /// <summary>The unit ids that it answers to.</summary>
    public IReadOnlyList<byte> Units { get; } = units;

    /// <summary>Reads answered with registers.</summary>
    public long Reads => Interlocked.Read(ref _reads);

    /// <summary>Registers in those answers.</summary>
    public long RegistersRead => Interlocked.Read(ref _registersRead);

    /// <summary>Requests answered with an exception or with silence.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    public ModbusExceptionCode? Read(byte unit, byte function, ushort address, Span<ushort> destination)
    {
        var answer = registers.Read(unit, function, address, destination);
        if (answer is null)
        {
            Interlocked.Increment(ref _reads);
            Interlocked.Add(ref _registersRead, destination.Length);
        }

        return Report(new DeviceAccess(unit, function, address, destination.Length, answer));
    }

    public ModbusExceptionCode? Write(byte unit, ushort address, ReadOnlySpan<ushort> values) =>
        Report(new DeviceAccess(unit, 16, address, values.Length, registers.Write(unit, address, values)));

    private ModbusExceptionCode? Report(DeviceAccess access)
    {
        if (access.Answer is not null) Interlocked.Increment(ref _refused);
        Accessed?.Invoke(access);
        return access.Answer;
    }
}
