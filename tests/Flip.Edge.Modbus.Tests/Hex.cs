namespace Flip.Edge.Modbus.Tests;

internal static class Hex
{
    public static byte[] Bytes(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));

    /// <summary>An RTU frame: the bytes and their CRC.</summary>
    public static byte[] Rtu(string text)
    {
        byte[] frame = [.. Bytes(text), 0, 0];
        Crc16.Seal(frame);
        return frame;
    }
}
