using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Flip.Edge.Modbus;

/// <summary>A TCP connection.</summary>
internal sealed class SocketLink(Socket socket, TimeProvider time) : ILink
{
    /// <summary>
    /// A peer that answered within this time last time, or was never asked, is waited for in the calling thread first: waking the epoll thread
    /// and one of the pool takes longer than a peer on the same host does. Only when it is late is its socket handed to them.
    /// </summary>
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(1);

    /// <summary>How long a quick peer is waited for: some more, as being handed over, by one hiccup, lasts for the connection's life.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(4);

    private long _sent;
    private bool _isFirst;
    private bool _isQuick = true;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        _isFirst = true;
        if (!_isQuick) _sent = time.GetTimestamp();
        int sent = 0;
        while (sent < bytes.Length) sent += await socket.SendAsync(bytes[sent..], SocketFlags.None, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<int> ReceiveAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        if (!_isFirst) return socket.ReceiveAsync(destination, SocketFlags.None, cancellationToken);
        _isFirst = false;
        if (_isQuick && socket.Poll(Patience, SelectMode.SelectRead)) return socket.ReceiveAsync(destination, SocketFlags.None, cancellationToken);
        return FirstAsync(destination, cancellationToken);
    }

    public int Waiting()
    {
        if (!socket.Poll(0, SelectMode.SelectRead)) return 0;
        int waiting = socket.Available;
        return waiting == 0 ? -1 : waiting;
    }

    public bool IsClosed() => Waiting() < 0;

    public void Dispose() => socket.Dispose();

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> FirstAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        _isQuick = false;
        int got = await socket.ReceiveAsync(destination, SocketFlags.None, cancellationToken).ConfigureAwait(false);
        _isQuick = time.GetElapsedTime(_sent) < Quick;
        return got;
    }
}
