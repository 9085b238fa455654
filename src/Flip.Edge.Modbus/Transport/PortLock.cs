using System.Runtime.InteropServices;

namespace Flip.Edge.Modbus;

/// <summary>
/// Keeps a serial port for one client on this machine: two at once spoil each other's replies. The kernel's own exclusive mode (TIOCEXCL) does
/// not hold for root, so the port's file is locked as well, in the way of pyserial and others (flock).
/// </summary>
internal sealed partial class PortLock : IDisposable
{
    // <fcntl.h>, <sys/file.h> and <errno.h> of Linux on x64 and arm64.
    private const int ReadOnly = 0x0, NoControllingTty = 0x100, NonBlocking = 0x800, CloseOnExec = 0x80000;
    private const int Exclusive = 2, AtOnce = 4;
    private const int WouldBlock = 11, DeviceBusy = 16;

    private int _descriptor;

    private PortLock(int descriptor) => _descriptor = descriptor;

    /// <summary>Locks the port. One that can't be opened, or knows no locks, is left to whoever opens it.</summary>
    /// <exception cref="UnauthorizedAccessException">Somebody else has locked it; the inner exception tells so as the port's own would.</exception>
    public static PortLock Take(string port)
    {
        PortLock held = new(Open(port, ReadOnly | NoControllingTty | NonBlocking | CloseOnExec));
        if (held._descriptor < 0 || Lock(held._descriptor, Exclusive | AtOnce) == 0 || Marshal.GetLastPInvokeError() != WouldBlock) return held;
        held.Dispose();
        throw new UnauthorizedAccessException($"{port} is locked", new IOException("it is locked by another process", DeviceBusy));
    }

    public void Dispose()
    {
        int descriptor = Interlocked.Exchange(ref _descriptor, -1);
        if (descriptor >= 0) _ = Close(descriptor);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Lock(int descriptor, int operation);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
