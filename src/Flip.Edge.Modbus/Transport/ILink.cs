namespace Flip.Edge.Modbus;

/// <summary>An open connection. It is used by one request at a time. Failures are those of sockets and streams.</summary>
internal interface ILink : IDisposable
{
    /// <summary>Sends all of it.</summary>
    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>Receives what is there, at least one byte; 0 when the other side closed.</summary>
    public ValueTask<int> ReceiveAsync(Memory<byte> destination, CancellationToken cancellationToken);

    /// <summary>How many bytes have come and were not received; -1 when the other side closed.</summary>
    public int Waiting();

    /// <summary>Whether the other side is known to have closed, as far as this can be told without waiting or reading.</summary>
    public bool IsClosed();
}
