using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Flip.Edge.Local;

/// <summary>Whose a connection is, as the kernel noted it when the client connected (SO_PEERCRED, unix(7)).</summary>
/// <param name="User">The user's id.</param>
/// <param name="Process">The process' id; 0 where it has none here, as from another container.</param>
internal readonly record struct ConnectionOwner(uint User, int Process)
{
    private const int SocketLevel = 1, PeerCredentials = 17; // SOL_SOCKET and SO_PEERCRED, on x64 and arm64

    /// <summary>The owner; the same for all where nobody can tell, as over TCP.</summary>
    public static ConnectionOwner Of(Socket? socket)
    {
        if (socket?.AddressFamily != AddressFamily.Unix) return default;
        // struct ucred: pid, uid, gid.
        Span<int> credentials = stackalloc int[3];
        try
        {
            return socket.GetRawSocketOption(SocketLevel, PeerCredentials, MemoryMarshal.AsBytes(credentials)) == 3 * sizeof(int) ? new((uint)credentials[1], credentials[0]) : default;
        }
        catch (SocketException)
        {
            return default;
        }
    }
}
