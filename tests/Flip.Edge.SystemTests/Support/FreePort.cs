using System.Net;
using System.Net.Sockets;

namespace Flip.Edge.SystemTests.Support;

internal static class FreePort
{
    /// <summary>
    /// A loopback port that nobody listens on at this moment: below those that the kernel gives out by itself, so that no other test's
    /// connection takes it in between.
    /// </summary>
    public static int Next()
    {
        while (true)
        {
            int port = Random.Shared.Next(20_000, 32_000);
            try
            {
                using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Taken; the next one.
            }
        }
    }
}
