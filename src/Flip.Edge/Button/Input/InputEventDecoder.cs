using System.Runtime.InteropServices;

namespace Flip.Edge.Button;

/// <summary>
/// Finds the changes of one key in a stream of <c>struct input_event</c>, which may be cut anywhere. See
/// <see href="https://docs.kernel.org/input/event-codes.html"/>.
/// </summary>
/// <param name="key">Code of the key.</param>
/// <param name="timeSize">Bytes of the record's time: two words of the machine, 16 or 8.</param>
/// <param name="changed">The key went down or up, at this time of the record.</param>
/// <param name="lost">The kernel had no room and dropped events; how the key is now has to be asked, at this time.</param>
/// <param name="other">Another key went down: its code.</param>
internal sealed class InputEventDecoder(ushort key, int timeSize, Action<bool, TimeSpan> changed, Action<TimeSpan> lost, Action<ushort> other)
{
    /// <summary>Of a 64-bit process: 16 bytes of time, then type, code and value.</summary>
    public const int LongTime = 16;

    /// <summary>Of a 32-bit process.</summary>
    public const int ShortTime = 8;

    // linux/input-event-codes.h.
    private const ushort Synchronization = 0, Keys = 1, GreatestType = 0x1f;
    private const ushort Report = 0, Dropped = 3;
    private const int Up = 0, Down = 1;

    private readonly byte[] _record = new byte[timeSize + 8];
    private int _have;
    private bool _isDropping;

    /// <summary>What a process of this machine reads.</summary>
    public static int NativeTime => nint.Size == 8 ? LongTime : ShortTime;

    /// <exception cref="InvalidDataException">These are no input events.</exception>
    public void Read(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int taken = Math.Min(_record.Length - _have, bytes.Length);
            bytes[..taken].CopyTo(_record.AsSpan(_have));
            bytes = bytes[taken..];
            _have += taken;
            if (_have < _record.Length) return;
            _have = 0;
            Take();
        }
    }

    private void Take()
    {
        ReadOnlySpan<byte> record = _record;
        ulong seconds = Word(record), microseconds = Word(record[(timeSize / 2)..]);
        ushort type = MemoryMarshal.Read<ushort>(record[timeSize..]);
        ushort code = MemoryMarshal.Read<ushort>(record[(timeSize + 2)..]);
        int value = MemoryMarshal.Read<int>(record[(timeSize + 4)..]);
        if (type > GreatestType || microseconds >= 1_000_000 || seconds > uint.MaxValue)
        {
            throw new InvalidDataException($"what was read is no record of {_record.Length} bytes as linux/input.h has it (struct input_event)");
        }

        TimeSpan at = new(((long)seconds * TimeSpan.TicksPerSecond) + ((long)microseconds * TimeSpan.TicksPerMicrosecond));
        if (type == Synchronization && code == Dropped)
        {
            _isDropping = true;
        }
        else if (_isDropping)
        {
            // What comes before the next report belongs to a packet whose beginning is lost.
            if (type != Synchronization || code != Report) return;
            _isDropping = false;
            lost(at);
        }
        else if (type == Keys && code == key && value is Up or Down)
        {
            // 2 is autorepeat: still held.
            changed(value == Down, at);
        }
        else if (type == Keys && value == Down)
        {
            other(code);
        }
    }

    private ulong Word(ReadOnlySpan<byte> bytes) => timeSize == LongTime ? MemoryMarshal.Read<ulong>(bytes) : MemoryMarshal.Read<uint>(bytes);
}
