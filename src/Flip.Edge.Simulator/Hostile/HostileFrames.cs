using System.Buffers.Binary;

namespace Flip.Edge.Simulator.Hostile;

/// <summary>Takes reply frames of both kinds apart and puts others together, with code that shares nothing with the client's.</summary>
internal static class HostileFrames
{
    private const int Header = 7;

    public static byte Unit(byte[] frame, bool isRtu) => frame[isRtu ? 0 : 6];

    public static byte[] Pdu(byte[] frame, bool isRtu) => isRtu ? frame[1..^2] : frame[Header..];

    /// <summary>The same frame with another content.</summary>
    public static byte[] WithPdu(byte[] frame, bool isRtu, params byte[] pdu)
    {
        if (isRtu) return Rtu([frame[0], .. pdu]);
        byte[] other = [.. frame[..Header], .. pdu];
        BinaryPrimitives.WriteUInt16BigEndian(other.AsSpan(4), (ushort)(pdu.Length + 1));
        return other;
    }

    /// <summary>Bytes with their CRC behind them.</summary>
    public static byte[] Rtu(params byte[] bytes)
    {
        var crc = 0xFFFF;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xA001 : crc >> 1;
        }

        return [.. bytes, (byte)crc, (byte)(crc >> 8)];
    }
}
