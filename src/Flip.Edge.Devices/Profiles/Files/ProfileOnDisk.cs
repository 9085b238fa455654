using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Flip.Edge.Devices.Profiles.Files;

/// <summary>Reads a file that somebody put there, whatever it is.</summary>
internal static partial class ProfileOnDisk
{
    // open(2) of Linux on x64 and arm64.
    private const int NonBlocking = 0x800, CloseOnExec = 0x80000;

    /// <summary>The profile, or everything that is wrong with it.</summary>
    public static (DeviceProfile? Profile, IReadOnlyList<ProfileMistake> Mistakes) Read(string path)
    {
        try
        {
            if (Directory.Exists(path)) return Unreadable("is a directory");
            DeviceProfile? profile = ProfileFile.Read(Bytes(path), Path.GetFileName(path), out IReadOnlyList<ProfileMistake> mistakes);
            return (profile, mistakes);
        }
        catch (NotSupportedException)
        {
            return Unreadable("is no regular file");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return Unreadable($"can't be read: {unreadable.Message}");
        }
    }

    // One byte more than a profile may have, so that a larger one is told, and never taken into memory.
    private static byte[] Bytes(string path)
    {
        using SafeFileHandle file = Open(path);
        byte[] bytes = new byte[Math.Min(RandomAccess.GetLength(file), ProfileFile.MostBytes + 1)];
        int length = 0;
        while (length < bytes.Length && RandomAccess.Read(file, bytes.AsSpan(length), length) is > 0 and int read) length += read;
        return length == bytes.Length ? bytes : bytes[..length];
    }

    // FileStream would hang on a FIFO until somebody writes into it.
    private static SafeFileHandle Open(string path)
    {
        int descriptor = OpenFile(path, NonBlocking | CloseOnExec);
        return descriptor < 0 ? throw new IOException(Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())) : new(descriptor, ownsHandle: true);
    }

    private static (DeviceProfile? Profile, IReadOnlyList<ProfileMistake> Mistakes) Unreadable(string message) => (null, [new(1, "", message)]);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFile(string path, int flags);
}
