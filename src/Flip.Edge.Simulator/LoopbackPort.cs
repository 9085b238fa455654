using System.Net;
using System.Net.Sockets;

namespace Flip.Edge.Simulator;

/// <summary>Free TCP ports, for servers that have to be told one.</summary>
internal static class LoopbackPort
{
    /// <summary>A port that nobody listens on at this moment; someone may be faster, so be ready to ask again.</summary>
    public static int Free()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
