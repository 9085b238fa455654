namespace Flip.Edge.Simulator.Devices;

/// <summary>One point of a SunSpec model.</summary>
/// <param name="Name">As the model's definition spells it.</param>
/// <param name="Offset">Registers from the model's ID register, so that the first data point has offset 2.</param>
/// <param name="Size">In registers.</param>
/// <param name="Type">SunSpec type, without the size of a string.</param>
/// <param name="Writable">True for access RW.</param>
public sealed record SunSpecPoint(string Name, int Offset, int Size, string Type, bool Writable)
{
    /// <summary>The words that say "not implemented" (SunSpec Device Information Model Specification, chapter 4).</summary>
    public void WriteNotImplemented(Span<ushort> words)
    {
        words.Clear();
        switch (Type)
        {
            case "uint16" or "enum16" or "bitfield16" or "uint32" or "enum32" or "bitfield32" or "uint64":
                words.Fill(0xFFFF);
                break;
            case "int16" or "sunssf" or "pad" or "int32" or "int64":
                words[0] = 0x8000;
                break;
            case "acc32" or "acc64" or "string":
                break;
            default:
                throw new InvalidOperationException($"Point {Name} has type {Type}, which the simulator does not know.");
        }
    }

    /// <summary>Encodes a number, high word first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It does not fit the type.</exception>
    public void Write(long value, Span<ushort> words)
    {
        var (least, most) = Type switch
        {
            "int16" or "sunssf" or "pad" => (short.MinValue, short.MaxValue),
            "int32" => (int.MinValue, int.MaxValue),
            "int64" => (long.MinValue, long.MaxValue),
            _ when Size == 1 => (0L, ushort.MaxValue),
            _ when Size == 2 => (0L, uint.MaxValue),
            _ => (0L, long.MaxValue),
        };
        if (Type == "string" || value < least || value > most)
            throw new ArgumentOutOfRangeException(nameof(value), value, $"Point {Name} of type {Type} cannot hold it.");
        for (var i = 0; i < Size; i++) words[i] = (ushort)(value >> (16 * (Size - 1 - i)));
    }

    /// <summary>Encodes text, one byte a character (ISO 8859-1), the first in the high byte, the rest NUL.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is longer than the point, no string point, or not one byte a character.</exception>
    public void Write(string text, Span<ushort> words)
    {
        if (Type != "string" || text.Length > Size * 2 || text.Any(character => character > 0xFF))
            throw new ArgumentOutOfRangeException(nameof(text), text, $"Point {Name} of type {Type} cannot hold it.");
        words.Clear();
        for (var i = 0; i < text.Length; i++) words[i / 2] |= (ushort)(text[i] << (i % 2 == 0 ? 8 : 0));
    }
}
