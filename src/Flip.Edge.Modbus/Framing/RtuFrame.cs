namespace Flip.Edge.Modbus;

/// <summary>Whole RTU frames in bytes of which nobody told where a frame begins: a right CRC at the end of the length that the function implies.</summary>
internal static class RtuFrame
{
    private const int Shortest = 5;
    private const int RequestLength = 8;

    /// <summary>Length of the whole frame that starts here, reply or request; 0 if none does.</summary>
    public static int LengthAt(ReadOnlySpan<byte> bytes, out bool isRequest)
    {
        isRequest = false;
        if (bytes.Length < Shortest) return 0;
        int length = ReplyLength(bytes);
        if (IsWhole(bytes, length)) return length;
        isRequest = true;
        length = bytes[1] switch
        {
            >= 1 and <= Pdu.WriteSingle => RequestLength,
            Pdu.WriteMultiple when bytes.Length > 6 => 9 + bytes[6],
            _ => 0,
        };
        return IsWhole(bytes, length) ? length : 0;
    }

    /// <summary>Length of the reply that starts here, if one does; 0 if not. At least three bytes have to be there.</summary>
    public static int ReplyLength(ReadOnlySpan<byte> bytes) => bytes[1] switch
    {
        Pdu.ReadHolding or Pdu.ReadInput => 5 + bytes[2],
        Pdu.WriteSingle or Pdu.WriteMultiple => 8,
        >= Pdu.ExceptionBit => 5,
        _ => 0,
    };

    /// <summary>Whether a frame of that length stands at the start.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> bytes, int length) => length > 0 && length <= bytes.Length && Crc16.IsValid(bytes[..length]);
}
