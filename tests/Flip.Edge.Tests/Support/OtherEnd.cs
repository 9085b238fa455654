using System.Net.Sockets;

namespace Flip.Edge.Tests.Support;

/// <summary>What a client can see of the other end of its connection.</summary>
internal static class OtherEnd
{
    /// <summary>Whether it has closed the connection, and everything that it sent before was read.</summary>
    public static bool IsClosed(Socket socket)
    {
        try
        {
            return socket.Poll(0, SelectMode.SelectRead) && socket.Available == 0;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
