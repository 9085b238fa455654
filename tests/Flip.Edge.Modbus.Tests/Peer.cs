using System.Buffers.Binary;
using System.Net.Sockets;

namespace Flip.Edge.Modbus.Tests;

/// <summary>Which wire a test runs on.</summary>
public enum Wire
{
    Tcp,
    RtuOverTcp,
    Rtu,
}

/// <summary>The device's end of one connection, which does just what a test's script says.</summary>
internal sealed class Peer(Stream stream, Wire wire, CancellationToken ct)
{
    private byte[] _header = [];

    /// <summary>The unit asked for last.</summary>
    public byte Unit => wire == Wire.Tcp ? _header[6] : _header[0];

    /// <summary>The transaction of the last request; 0 on RTU.</summary>
    public ushort Transaction => wire == Wire.Tcp ? BinaryPrimitives.ReadUInt16BigEndian(_header) : (ushort)0;

    /// <summary>Reads one request and returns its PDU.</summary>
    public async Task<byte[]> RequestAsync()
    {
        _header = new byte[wire == Wire.Tcp ? 7 : 1];
        await stream.ReadExactlyAsync(_header, ct);
        byte[] pdu = new byte[5];
        await stream.ReadExactlyAsync(pdu, ct);
        if (pdu[0] == 16)
        {
            pdu = [.. pdu, 0];
            await stream.ReadExactlyAsync(pdu.AsMemory(5), ct);
            byte[] values = new byte[pdu[5]];
            await stream.ReadExactlyAsync(values, ct);
            pdu = [.. pdu, .. values];
        }

        if (wire == Wire.Tcp) return pdu;
        byte[] crc = new byte[2];
        await stream.ReadExactlyAsync(crc, ct);
        Assert.True(Crc16.IsValid([.. _header, .. pdu, .. crc]));
        return pdu;
    }

    public byte[] Frame(string pdu, byte? unit = null, ushort? transaction = null)
    {
        byte[] bytes = Hex.Bytes(pdu);
        if (wire != Wire.Tcp) return Hex.Rtu($"{unit ?? Unit:X2}{Convert.ToHexString(bytes)}");
        return Hex.Bytes($"{transaction ?? Transaction:X4} 0000 {bytes.Length + 1:X4} {unit ?? Unit:X2} {pdu}");
    }

    /// <summary>Answers the last request.</summary>
    public Task ReplyAsync(string pdu) => SendAsync(Frame(pdu));

    public async Task SendAsync(byte[] bytes) => await stream.WriteAsync(bytes, ct);

    /// <summary>Ends the connection with a reset instead of a goodbye.</summary>
    public void Reset() => ((NetworkStream)stream).Socket.Close(0);

    /// <summary>Waits until the client goes; what it sends meanwhile is returned.</summary>
    public async Task<byte[]> UntilClosedAsync()
    {
        MemoryStream rest = new();
        await stream.CopyToAsync(rest, ct);
        return rest.ToArray();
    }
}
