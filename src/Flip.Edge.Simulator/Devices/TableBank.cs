using Flip.Edge.Modbus;

namespace Flip.Edge.Simulator.Devices;

/// <summary>Answers from a device's tables. Safe for concurrent servers.</summary>
internal sealed class TableBank(DeviceTables tables, DeviceWire wire) : IRegisterBank
{
    private readonly Lock _lock = new();

    public ModbusExceptionCode? Read(byte unit, byte function, ushort address, Span<ushort> destination)
    {
        if (Absent(unit) is { } absent) return absent;
        // A SunSpec device must answer function 3 and need not answer 4; ours don't, so that nobody leans on it.
        if (tables.Find(unit, function) is not { } map) return ModbusExceptionCode.IllegalFunction;
        lock (_lock) return map.TryRead(address, destination) ? null : Outside;
    }

    public ModbusExceptionCode? Write(byte unit, ushort address, ReadOnlySpan<ushort> values)
    {
        if (Absent(unit) is { } absent) return absent;
        lock (_lock) return tables.Find(unit, 3) is { } map && map.TryWrite(address, values) ? null : Outside;
    }

    private ModbusExceptionCode Outside => tables.IsSilentOutside ? IRegisterBank.NoReply : ModbusExceptionCode.IllegalDataAddress;

    private ModbusExceptionCode? Absent(byte unit) => tables.Units.Contains(unit) ? null
        : wire == DeviceWire.Rtu ? IRegisterBank.NoReply : ModbusExceptionCode.GatewayTargetNoResponse;
}
