using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Flip.Edge.Local;

/// <summary>
/// What was written to a client and not taken by it, as the kernel knows it (SIOCOUTQ, unix(7) and tcp(7)). Over a Unix socket that is every byte that the
/// client has not read. Over TCP the client's side has a buffer of its own, which takes some 100 kB before anything stays here.
/// </summary>
internal static unsafe partial class UntakenBytes
{
    private const nuint OutputQueue = 0x5411; // SIOCOUTQ, on x64 and arm64

    /// <summary>Bytes, with what the kernel needs to keep them; 0 also where nobody can tell, and for a connection that has just been closed.</summary>
    public static int Of(ConnectionContext connection)
    {
        if (connection.Features.Get<IConnectionSocketFeature>()?.Socket is not { } socket) return 0;
        try
        {
            int bytes = 0;
            return IoControl(socket.SafeHandle, OutputQueue, &bytes) == 0 ? bytes : 0;
        }
        catch (ObjectDisposedException)
        {
            return 0;
        }
    }

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int IoControl(SafeSocketHandle socket, nuint request, int* argument);
}
