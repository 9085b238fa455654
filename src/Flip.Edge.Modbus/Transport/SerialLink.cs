using System.IO.Ports;

namespace Flip.Edge.Modbus;

/// <summary>A serial port. Closing does not wait for what is still to be written, see <see cref="SerialLine.OpenPort"/>.</summary>
internal sealed class SerialLink(SerialPort port, PortLock held) : ILink
{
    private readonly Stream _stream = port.BaseStream;

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => _stream.WriteAsync(bytes, cancellationToken);

    public ValueTask<int> ReceiveAsync(Memory<byte> destination, CancellationToken cancellationToken) =>
        _stream.ReadAsync(destination, cancellationToken);

    /// <summary>A port that was pulled out has -1 bytes to read; its reads and writes may wait for ever.</summary>
    public int Waiting() => port.BytesToRead;

    public bool IsClosed() => Waiting() < 0;

    /// <summary>The lock goes first: whoever closes a port last may have to wait for what it has still to write.</summary>
    public void Dispose()
    {
        held.Dispose();
        _stream.Dispose();
    }
}
