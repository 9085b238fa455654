using System.Text;
using FsCheck.Xunit;

namespace Flip.Edge.Modbus.Tests.Framing;

public sealed class Crc16Tests
{
    [Theory]
    [InlineData("01 03 00 00 00 0A", "C5 CD")]
    [InlineData("11 03 00 6B 00 03", "76 87")]
    [InlineData("01 04 02 FF FF", "B8 80")]
    [InlineData("02 07", "41 12")] // Modbus over Serial Line V1.02, appendix B
    [InlineData("", "FF FF")]
    public void It_is_that_of_known_frames(string bytes, string crc)
    {
        ushort computed = Crc16.Compute(Hex.Bytes(bytes));
        Assert.Equal(crc, $"{(byte)computed:X2} {computed >> 8:X2}");
    }

    [Fact]
    public void It_has_the_check_value_of_the_catalogues() => Assert.Equal(0x4B37, Crc16.Compute(Encoding.ASCII.GetBytes("123456789")));

    [Property]
    public bool A_sealed_frame_is_valid(byte[] bytes)
    {
        byte[] frame = [1, .. bytes, 0, 0];
        Crc16.Seal(frame);
        return Crc16.IsValid(frame);
    }

    [Property]
    public bool One_wrong_bit_is_always_seen(byte[] bytes, ushort bit)
    {
        byte[] frame = [1, .. bytes, 0, 0];
        Crc16.Seal(frame);
        int at = bit % (8 * frame.Length);
        frame[at / 8] ^= (byte)(1 << (at % 8));
        return !Crc16.IsValid(frame);
    }
}
