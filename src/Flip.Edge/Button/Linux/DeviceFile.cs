using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Flip.Edge.Button;

/// <summary>A device or a pipe that was opened to be asked and waited for.</summary>
internal sealed unsafe class DeviceFile : IDisposable
{
    public DeviceFile(SafeFileHandle handle) => Handle = handle;

    public SafeFileHandle Handle { get; }

    /// <summary>Opens it, and never waits: <see cref="FileStream"/> would hang on a FIFO until somebody opens its other end.</summary>
    /// <param name="path">Path.</param>
    /// <param name="flags">Of open(2), beside those that are always set.</param>
    /// <exception cref="DeviceFileException">It can't be opened.</exception>
    public static DeviceFile Open(string path, int flags)
    {
        SafeFileHandle handle = Libc.Open(path, flags | Libc.NoControllingTty | Libc.NonBlocking | Libc.CloseOnExec);
        int error = Marshal.GetLastPInvokeError();
        if (!handle.IsInvalid) return new(handle);
        handle.Dispose();
        throw new DeviceFileException(path, error);
    }

    /// <summary>ioctl(2) with a structure that is filled in place.</summary>
    /// <returns>0, or the error.</returns>
    public int Control(nuint request, Span<byte> argument)
    {
        fixed (byte* start = argument)
        {
            return Libc.IoControl(Handle, request, start) < 0 ? Marshal.GetLastPInvokeError() : 0;
        }
    }

    public void Dispose() => Handle.Dispose();
}

/// <summary>A device can't be used.</summary>
internal sealed class DeviceFileException(string path, int error) : IOException($"{path}: {Marshal.GetPInvokeErrorMessage(error)}")
{
    /// <summary>Its path.</summary>
    public string DevicePath => path;

    /// <summary>errno(3).</summary>
    public int Error => error;
}
