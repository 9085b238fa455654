using System.Text;

namespace Flip.Edge.Button;

/// <summary>What an open input device tells of itself: evdev's ioctls, linux/input.h. A FIFO with the same records tells nothing.</summary>
internal sealed class InputDevice : IDisposable
{
    // Held against the header by a test: _IOC(direction, 'E', number, size), the same on x64 and arm64.
    internal const nuint GetVersion = 0x80044501; // EVIOCGVERSION
    internal const nuint GetName = 0x81004506; // EVIOCGNAME(256)
    internal const nuint GetKeys = 0x80604521; // EVIOCGBIT(EV_KEY, 96)
    internal const nuint GetPressedKeys = 0x80604518; // EVIOCGKEY(96)
    internal const nuint SetClock = 0x400445A0; // EVIOCSCLOCKID
    private const int KeyBytes = 96; // (KEY_MAX + 1) / 8
    private const byte MonotonicClock = 1; // CLOCK_MONOTONIC

    private InputDevice(DeviceFile file, string? name, bool isPipe) => (File, Name, IsPipe) = (file, name, isPipe);

    public DeviceFile File { get; }

    /// <summary>Its name, <c>gpio-keys</c>; null for a FIFO.</summary>
    public string? Name { get; }

    public bool IsPipe { get; }

    /// <summary>Opens an input device or a FIFO.</summary>
    /// <exception cref="DeviceFileException">It can't be opened, or is neither (ENOTTY).</exception>
    public static InputDevice Open(string path)
    {
        DeviceFile file = DeviceFile.Open(path, Libc.ReadOnly);
        try
        {
            if (Libc.IsPipe(file.Handle))
            {
                // With its own end for writing open, a FIFO does not end each time a writer goes.
                DeviceFile both = DeviceFile.Open(path, Libc.ReadWrite);
                file.Dispose();
                return new(both, null, isPipe: true);
            }

            int error = file.Control(GetVersion, stackalloc byte[sizeof(int)]);
            if (error != 0) throw new DeviceFileException(path, error);

            // Else its times are those of the wall clock, which jumps. A kernel before 3.4 doesn't know it.
            file.Control(SetClock, [MonotonicClock, 0, 0, 0]);
            Span<byte> name = stackalloc byte[256];
            string text = file.Control(GetName, name) == 0 ? Text(name) : "";
            return new(file, text.Length == 0 ? "a device without a name" : text, isPipe: false);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The keys it has; null when it doesn't tell.</summary>
    public IReadOnlyList<int>? Keys() => Bits(GetKeys);

    /// <summary>Whether a key is held at this moment; null when it doesn't tell.</summary>
    public bool? IsPressed(ushort key) => Bits(GetPressedKeys)?.Contains(key);

    public void Dispose() => File.Dispose();

    /// <summary>The text before the first NUL.</summary>
    internal static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes.IndexOf((byte)0) is >= 0 and int end ? bytes[..end] : bytes);

    private List<int>? Bits(nuint request)
    {
        Span<byte> bits = stackalloc byte[KeyBytes];
        if (File.Control(request, bits) != 0) return null;
        List<int> set = [];
        for (int bit = 0; bit < KeyBytes * 8; bit++)
        {
            if ((bits[bit / 8] & (1 << (bit % 8))) != 0) set.Add(bit);
        }

        return set;
    }
}
