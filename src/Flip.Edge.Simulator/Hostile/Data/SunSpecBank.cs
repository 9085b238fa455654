using System.Collections.Concurrent;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Devices;

namespace Flip.Edge.Simulator.Hostile.Data;

/// <summary>
/// A SunSpec device whose chain of models is laid out otherwise: always, in turns of so many reads, or once after so many. What has no SunSpec behind it, and
/// input registers, are as they were.
/// </summary>
internal sealed class SunSpecBank(IRegisterBank inner, Func<SunSpecChain, IReadOnlyList<DeviceRegisters>> rewrite, int turn = 1, bool isOnce = false, bool isSilentOutside = false)
    : IRegisterBank
{
    private readonly ConcurrentDictionary<byte, IReadOnlyList<DeviceRegisters>?> _maps = new();
    private int _reads = -1;

    public ModbusExceptionCode? Read(byte unit, byte function, ushort address, Span<ushort> destination)
    {
        var maps = function == 3 ? _maps.GetOrAdd(unit, Rewritten) : null;
        if (maps is null) return inner.Read(unit, function, address, destination);
        var turns = Interlocked.Increment(ref _reads) / turn;
        var map = maps[isOnce ? Math.Min(turns, maps.Count - 1) : turns % maps.Count];
        return map.TryRead(address, destination) ? null : isSilentOutside ? IRegisterBank.NoReply : ModbusExceptionCode.IllegalDataAddress;
    }

    public ModbusExceptionCode? Write(byte unit, ushort address, ReadOnlySpan<ushort> values) => ModbusExceptionCode.IllegalFunction;

    private IReadOnlyList<DeviceRegisters>? Rewritten(byte unit) => SunSpecChain.Of(inner, unit) is { } chain ? rewrite(chain) : null;
}
