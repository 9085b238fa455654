using System.Buffers.Binary;
using Flip.Edge.Button;

namespace Flip.Edge.Tests.Support;

/// <summary>Records of <c>struct input_event</c>, linux/input.h, written down by hand.</summary>
/// <param name="timeSize">16 bytes of time for a 64-bit process, 8 for a 32-bit one.</param>
internal sealed class InputEvents(int timeSize)
{
    public static InputEvents OfThisMachine { get; } = new(InputEventDecoder.NativeTime);

    public byte[] Key(ushort code, int value, double at) => Record(1, code, value, at);

    public byte[] Report(double at) => Record(0, 0, 0, at);

    public byte[] Dropped(double at) => Record(0, 3, 0, at);

    public byte[] Record(ushort type, ushort code, int value, double at)
    {
        byte[] record = new byte[timeSize + 8];
        Word(record, (long)at);
        Word(record.AsSpan(timeSize / 2), (long)Math.Round((at - Math.Floor(at)) * 1_000_000));
        BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(timeSize), type);
        BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(timeSize + 2), code);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(timeSize + 4), value);
        return record;
    }

    private void Word(Span<byte> place, long value)
    {
        if (timeSize == InputEventDecoder.LongTime) BinaryPrimitives.WriteInt64LittleEndian(place, value);
        else BinaryPrimitives.WriteInt32LittleEndian(place, (int)value);
    }
}
