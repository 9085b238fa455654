using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Flip.Edge.Cloud;

internal static partial class RegularFile
{
    // open(2) of Linux on x64 and arm64.
    private const int NonBlocking = 0x800, CloseOnExec = 0x80000;
    private const int NoEntry = 2, NoPermission = 13, NotDirectory = 20;

    /// <summary>
    /// Opens a file for reading, and never waits: <see cref="FileStream"/> would hang on a FIFO until somebody writes into it.
    /// </summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="UnauthorizedAccessException">It is not for this user to read; the message is the system's own word.</exception>
    /// <exception cref="NotSupportedException">It is a pipe, a socket or a terminal.</exception>
    /// <exception cref="IOException">It can't be opened; the message is the system's own word.</exception>
    public static SafeFileHandle Open(string path)
    {
        int descriptor = OpenFile(path, NonBlocking | CloseOnExec);
        if (descriptor < 0)
        {
            int error = Marshal.GetLastPInvokeError();
            throw error switch
            {
                NoEntry or NotDirectory => new FileNotFoundException(),
                NoPermission => new UnauthorizedAccessException(Marshal.GetPInvokeErrorMessage(error)),
                _ => new IOException(Marshal.GetPInvokeErrorMessage(error)),
            };
        }

        SafeFileHandle file = new(descriptor, ownsHandle: true);
        try
        {
            // What can't be sought in has no length.
            _ = RandomAccess.GetLength(file);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFile(string path, int flags);
}
