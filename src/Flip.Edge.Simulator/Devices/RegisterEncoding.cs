using System.Text;

namespace Flip.Edge.Simulator.Devices;

/// <summary>
/// Writes values into registers the way makers do. On purpose without a line of the gateway's own decoder: a slip there must show here.
/// </summary>
public static class RegisterEncoding
{
    public static DeviceRegisters U16(this DeviceRegisters registers, int address, int value) =>
        registers.Define(checked((ushort)address), checked((ushort)value));

    public static DeviceRegisters S16(this DeviceRegisters registers, int address, int value) =>
        registers.Define(checked((ushort)address), unchecked((ushort)checked((short)value)));

    public static DeviceRegisters U32HighFirst(this DeviceRegisters registers, int address, long value)
    {
        var bits = checked((uint)value);
        return registers.U16(address, (int)(bits >> 16)).U16(address + 1, (int)(bits & 0xFFFF));
    }

    public static DeviceRegisters U32LowFirst(this DeviceRegisters registers, int address, long value)
    {
        var bits = checked((uint)value);
        return registers.U16(address, (int)(bits & 0xFFFF)).U16(address + 1, (int)(bits >> 16));
    }

    public static DeviceRegisters U64HighFirst(this DeviceRegisters registers, int address, ulong value)
    {
        for (var i = 0; i < 4; i++) registers.U16(address + i, (int)((value >> (48 - (16 * i))) & 0xFFFF));
        return registers;
    }

    public static DeviceRegisters F32HighFirst(this DeviceRegisters registers, int address, float value) =>
        registers.U32HighFirst(address, BitConverter.SingleToUInt32Bits(value));

    public static DeviceRegisters F32LowFirst(this DeviceRegisters registers, int address, float value) =>
        registers.U32LowFirst(address, BitConverter.SingleToUInt32Bits(value));

    /// <summary>Two characters in each register, the first in the high byte, padded with NUL.</summary>
    public static DeviceRegisters Text(this DeviceRegisters registers, int address, int length, string text)
    {
        var bytes = Padded(text, length * 2);
        for (var i = 0; i < length; i++) registers.U16(address + i, (bytes[2 * i] << 8) | bytes[(2 * i) + 1]);
        return registers;
    }

    /// <summary>Two characters in each register, the first in the low byte, padded with NUL.</summary>
    public static DeviceRegisters TextLowByteFirst(this DeviceRegisters registers, int address, int length, string text)
    {
        var bytes = Padded(text, length * 2);
        for (var i = 0; i < length; i++) registers.U16(address + i, (bytes[(2 * i) + 1] << 8) | bytes[2 * i]);
        return registers;
    }

    /// <summary>One character in each register, in the low byte, padded with NUL.</summary>
    public static DeviceRegisters TextLowByteOnly(this DeviceRegisters registers, int address, int length, string text)
    {
        var bytes = Padded(text, length);
        for (var i = 0; i < length; i++) registers.U16(address + i, bytes[i]);
        return registers;
    }

    /// <summary>The same word in a run of registers: what a device shows in registers that a reader happens to pass.</summary>
    public static DeviceRegisters Fill(this DeviceRegisters registers, int first, int count, int value = 0)
    {
        for (var i = 0; i < count; i++) registers.U16(first + i, value);
        return registers;
    }

    private static byte[] Padded(string text, int length)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        if (bytes.Length > length) throw new ArgumentException($"\"{text}\" does not fit {length} characters.", nameof(text));
        Array.Resize(ref bytes, length);
        return bytes;
    }
}
