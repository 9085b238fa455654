using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Flip.Edge.KillLoop.World;

/// <summary>
/// Ports for servers that vanish and come back: below those that the kernel gives out by itself, and each given out once, so that nobody
/// takes one while its owner is away.
/// </summary>
internal static class PortPool
{
    private const int First = 20_000, Last = 32_000;

    private static readonly ConcurrentDictionary<int, bool> Given = [];

    private static int _next = First + (Environment.ProcessId * 13 % (Last - First));

    /// <exception cref="IOException">Every port is in use.</exception>
    public static int Take()
    {
        for (int tries = First; tries < Last; tries++)
        {
            int port = First + (Interlocked.Increment(ref _next) % (Last - First));
            if (IsFree(port) && Given.TryAdd(port, true)) return port;
        }

        throw new IOException($"no loopback port from {First} to {Last} is free");
    }

    public static void GiveBack(int port) => Given.TryRemove(port, out _);

    private static bool IsFree(int port)
    {
        try
        {
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
