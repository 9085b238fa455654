using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Flip.Edge.Button;

/// <summary>
/// Which file it is, whatever it is called: inode(7). As long as it is open no other file gets its number. By statx(2), whose structure is the same on
/// each architecture.
/// </summary>
internal readonly record struct FileIdentity(uint Major, uint Minor, ulong Inode)
{
    private const int CurrentDirectory = -100, EmptyPath = 0x1000; // AT_FDCWD, AT_EMPTY_PATH
    private const uint WantInode = 0x100; // STATX_INO

    // struct statx of linux/stat.h: stx_ino, stx_dev_major, stx_dev_minor.
    private const int Size = 256, InodeAt = 32, MajorAt = 136, MinorAt = 140;

    /// <summary>Of an open file.</summary>
    /// <exception cref="IOException">The kernel does not tell: a filter of system calls, for it can't fail otherwise.</exception>
    public static FileIdentity Of(SafeFileHandle file)
    {
        bool isHeld = false;
        try
        {
            file.DangerousAddRef(ref isHeld);
            return Ask((int)file.DangerousGetHandle(), "", EmptyPath) ?? throw new IOException($"statx of an open file: {Marshal.GetLastPInvokeErrorMessage()}");
        }
        finally
        {
            if (isHeld) file.DangerousRelease();
        }
    }

    /// <summary>Of what a path leads to, through all its links; null when it leads nowhere, or may not be followed.</summary>
    public static FileIdentity? At(string path) => Ask(CurrentDirectory, path, 0);

    private static unsafe FileIdentity? Ask(int directory, string path, int flags)
    {
        Span<byte> answer = stackalloc byte[Size];
        fixed (byte* start = answer)
        {
            if (Libc.Status(directory, path, flags, WantInode, start) < 0) return null;
        }

        return new(Number(answer, MajorAt), Number(answer, MinorAt), MemoryMarshal.Read<ulong>(answer[InodeAt..]));
    }

    private static uint Number(ReadOnlySpan<byte> answer, int at) => MemoryMarshal.Read<uint>(answer[at..]);
}
