using System.Runtime.InteropServices;

namespace Flip.Edge.Modbus;

/// <summary>
/// Asks the driver of a serial port to hand on what it receives at once. Adapters with a chip of FTDI hold it back for 16 ms otherwise
/// (<see href="https://github.com/Fazecast/jSerialComm/pull/369"/>). Drivers that know nothing of it, or don't allow it, refuse, and that is all right.
/// </summary>
internal static partial class LowLatency
{
    // <fcntl.h>, <asm-generic/ioctls.h> and <linux/serial.h> of Linux on x64 and arm64.
    private const int ReadWrite = 0x2, NoControllingTty = 0x100, NonBlocking = 0x800, CloseOnExec = 0x80000;
    private const nuint GetSerial = 0x541E, SetSerial = 0x541F;
    private const int SerialStructSize = 72, FlagsOffset = 16;
    private const int AsyncLowLatency = 1 << 13;

    /// <summary>
    /// Asks, and keeps the port open until what is returned is disposed. That has to be after the port was opened for use: a port that
    /// nobody has open drops its control lines, and some boards start anew then.
    /// </summary>
    public static Held Ask(string port)
    {
        Held held = new(Open(port, ReadWrite | NoControllingTty | NonBlocking | CloseOnExec));
        Span<byte> serial = stackalloc byte[SerialStructSize];
        if (held.Descriptor < 0 || Control(held.Descriptor, GetSerial, ref serial[0]) != 0) return held;
        Span<byte> flags = serial[FlagsOffset..];
        MemoryMarshal.Write(flags, MemoryMarshal.Read<int>(flags) | AsyncLowLatency);
        return held with { IsGranted = Control(held.Descriptor, SetSerial, ref serial[0]) == 0 };
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int Control(int descriptor, nuint request, ref byte argument);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    /// <summary>A port held open.</summary>
    /// <param name="Descriptor">Negative when it could not be opened.</param>
    internal readonly record struct Held(int Descriptor) : IDisposable
    {
        /// <summary>Whether the driver does as asked.</summary>
        public bool IsGranted { get; init; }

        public void Dispose()
        {
            if (Descriptor >= 0) _ = Close(Descriptor);
        }
    }
}
