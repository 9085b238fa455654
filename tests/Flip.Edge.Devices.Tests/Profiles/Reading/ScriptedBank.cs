using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.Tests.Profiles.Reading;

/// <summary>A device that answers some reads differently: by their number, or by what is asked.</summary>
internal sealed class ScriptedBank(IRegisterBank device, Func<int, byte, ushort, ModbusExceptionCode?> answer) : IRegisterBank
{
    private int _reads;

    /// <summary>May change what was read: by the number of the read, its first address and its registers.</summary>
    public Action<int, ushort, Memory<ushort>>? Tamper { get; init; }

    public ModbusExceptionCode? Read(byte unit, byte function, ushort address, Span<ushort> destination)
    {
        int number = ++_reads;
        if (answer(number, unit, address) is { } code) return code;
        ModbusExceptionCode? result = device.Read(unit, function, address, destination);
        if (Tamper is null) return result;
        ushort[] words = destination.ToArray();
        Tamper(number, address, words);
        words.CopyTo(destination);
        return result;
    }

    public ModbusExceptionCode? Write(byte unit, ushort address, ReadOnlySpan<ushort> values) => throw new InvalidOperationException("nothing is ever written");
}
