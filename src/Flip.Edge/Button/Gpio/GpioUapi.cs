using System.Runtime.InteropServices;
using System.Text;

namespace Flip.Edge.Button;

/// <summary>
/// The kernel's second interface to GPIO lines (Linux 5.10), linux/gpio.h: numbers of its calls, sizes and offsets of its structures, which
/// are the same on every architecture by design. Held against the header by a test.
/// </summary>
internal static class GpioUapi
{
    public const nuint GetChipInfo = 0x8044B401; // GPIO_GET_CHIPINFO_IOCTL
    public const nuint GetLineInfo = 0xC100B405; // GPIO_V2_GET_LINEINFO_IOCTL
    public const nuint GetLine = 0xC250B407; // GPIO_V2_GET_LINE_IOCTL
    public const nuint GetValues = 0xC010B40E; // GPIO_V2_LINE_GET_VALUES_IOCTL

    public const int ChipInfoSize = 68, LineInfoSize = 256, LineRequestSize = 592, LineValuesSize = 16, LineEventSize = 48;
    public const ulong FlagUsed = 1, FlagActiveLow = 2, FlagInput = 4, FlagRising = 16, FlagFalling = 32, FlagPullUp = 256, FlagPullDown = 512, FlagNoBias = 1024;
    public const uint Rising = 1, Falling = 2;

    private const int NameSize = 32;
    private const uint DebounceAttribute = 3;

    /// <summary>struct gpiochip_info.</summary>
    public static (string Name, string Label, int Lines) ChipInfo(ReadOnlySpan<byte> info) =>
        (Text(info), Text(info[NameSize..]), MemoryMarshal.Read<int>(info[64..]));

    /// <summary>struct gpio_v2_line_info to ask for a line.</summary>
    public static byte[] LineInfoOf(int line)
    {
        byte[] info = new byte[LineInfoSize];
        MemoryMarshal.Write(info.AsSpan(64), line);
        return info;
    }

    /// <summary>The answer: the line's name, and who uses it, null when nobody does.</summary>
    public static (string Name, string? Consumer) LineInfo(ReadOnlySpan<byte> info)
    {
        string consumer = Text(info[NameSize..]);
        bool isUsed = (MemoryMarshal.Read<ulong>(info[72..]) & FlagUsed) != 0;
        return (Text(info), isUsed ? consumer.Length == 0 ? "the kernel" : consumer : null);
    }

    /// <summary>struct gpio_v2_line_request for one line.</summary>
    /// <param name="line">Its number.</param>
    /// <param name="flags">Its flags.</param>
    /// <param name="debounce">How long it has to be still; at most 71 minutes. 0 for not at all.</param>
    /// <param name="consumer">Who asks, as <c>gpioinfo</c> shows it.</param>
    public static byte[] LineRequest(int line, ulong flags, TimeSpan debounce, string consumer)
    {
        byte[] request = new byte[LineRequestSize];
        Span<byte> bytes = request;
        MemoryMarshal.Write(bytes, line);
        Encoding.ASCII.GetBytes(consumer, bytes.Slice(256, NameSize - 1));
        MemoryMarshal.Write(bytes[288..], flags);
        MemoryMarshal.Write(bytes[560..], 1u);
        if (debounce <= TimeSpan.Zero) return request;
        MemoryMarshal.Write(bytes[296..], 1u);
        MemoryMarshal.Write(bytes[320..], DebounceAttribute);
        MemoryMarshal.Write(bytes[328..], (uint)debounce.TotalMicroseconds);
        MemoryMarshal.Write(bytes[336..], 1ul);
        return request;
    }

    /// <summary>The descriptor that the kernel gives for a line that was asked for.</summary>
    public static int Descriptor(ReadOnlySpan<byte> request) => MemoryMarshal.Read<int>(request[588..]);

    /// <summary>struct gpio_v2_line_values to ask for the first and only line.</summary>
    public static byte[] ValuesOfOneLine()
    {
        byte[] values = new byte[LineValuesSize];
        MemoryMarshal.Write(values.AsSpan(8), 1ul);
        return values;
    }

    /// <summary>The answer: whether it is active.</summary>
    public static bool IsActive(ReadOnlySpan<byte> values) => (MemoryMarshal.Read<ulong>(values) & 1) != 0;

    /// <summary>struct gpio_v2_line_event: when, in monotonic time, and whether it became active.</summary>
    public static (TimeSpan At, bool IsRising) Event(ReadOnlySpan<byte> bytes) =>
        (new((long)(MemoryMarshal.Read<ulong>(bytes) / TimeSpan.NanosecondsPerTick)), MemoryMarshal.Read<uint>(bytes[8..]) == Rising);

    private static string Text(ReadOnlySpan<byte> field) => InputDevice.Text(field[..NameSize]);
}
