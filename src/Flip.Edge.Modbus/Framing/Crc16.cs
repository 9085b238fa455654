namespace Flip.Edge.Modbus;

/// <summary>The CRC of RTU frames: polynomial 0xA001 reflected, start 0xFFFF, low byte first on the wire (Modbus over Serial Line V1.02, 6.2.2).</summary>
internal static class Crc16
{
    public const int Length = 2;

    private static readonly ushort[] Table = BuildTable();

    public static ushort Compute(ReadOnlySpan<byte> bytes)
    {
        ushort crc = 0xFFFF;
        foreach (byte b in bytes) crc = (ushort)((crc >> 8) ^ Table[(crc ^ b) & 0xFF]);
        return crc;
    }

    /// <summary>Whether the last two bytes are the CRC of those before.</summary>
    public static bool IsValid(ReadOnlySpan<byte> frame)
    {
        if (frame.Length <= Length) return false;
        ushort crc = Compute(frame[..^Length]);
        return frame[^2] == (byte)crc && frame[^1] == (byte)(crc >> 8);
    }

    /// <summary>Writes the CRC of <paramref name="frame"/> but for its last two bytes into those two.</summary>
    public static void Seal(Span<byte> frame)
    {
        ushort crc = Compute(frame[..^Length]);
        frame[^2] = (byte)crc;
        frame[^1] = (byte)(crc >> 8);
    }

    private static ushort[] BuildTable()
    {
        ushort[] table = new ushort[256];
        for (int i = 0; i < table.Length; i++)
        {
            int crc = i;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xA001;
            table[i] = (ushort)crc;
        }

        return table;
    }
}
