using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Flip.Edge.Button;

/// <summary>What a button needs of libc, with the constants of Linux on x64 and arm64. Results are those of the calls: -1 with errno set is a failure.</summary>
internal static unsafe partial class Libc
{
    /// <summary>open(2).</summary>
    public const int ReadOnly = 0x0, ReadWrite = 0x2, NoControllingTty = 0x100, NonBlocking = 0x800, CloseOnExec = 0x80000;

    /// <summary>poll(2).</summary>
    public const short PollIn = 0x1;

    /// <summary>errno(3).</summary>
    public const int NotPermitted = 1, NoEntry = 2, Interrupted = 4, NoDeviceOrAddress = 6, Again = 11, NoAccess = 13, Busy = 16, NotDirectory = 20, Invalid = 22, NotATypewriter = 25;

    private const int GetPipeSize = 1032; // F_GETPIPE_SZ

    /// <summary>Whether the descriptor is a pipe or a FIFO: nothing else has a pipe's size, fcntl(2).</summary>
    public static bool IsPipe(SafeFileHandle file) => Control(file, GetPipeSize) >= 0;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    public static partial SafeFileHandle EventDescriptor(uint value, int flags);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollEntry* entries, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(SafeFileHandle file, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(SafeFileHandle file, byte* buffer, nuint count);

    /// <summary>statx(2), into 256 bytes.</summary>
    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Status(int directory, string path, int flags, uint mask, byte* answer);

    /// <summary>ioctl(2). Its three dots need no care on Linux: these calling conventions pass them as any other argument.</summary>
    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int IoControl(SafeFileHandle file, nuint request, byte* argument);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(SafeFileHandle file, int command);

    /// <summary>struct pollfd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PollEntry
    {
        public int Descriptor;
        public short Wanted;
        public short Happened;
    }
}
