using System.Text;
using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.SunSpec;

namespace Flip.Edge.Devices.Tests.SunSpec;

public sealed class SunSpecDecoderTests
{
    private static readonly SunSpecPoint Energy = SunSpecPoints.BatteryEnergy;

    [Theory]
    [InlineData(1500, 1, 15_000)]
    [InlineData(15_000, 0, 15_000)]
    [InlineData(13_500, -0, 13_500)]
    public void A_value_is_scaled_by_its_own_scale_factor(ushort raw, short scale, int expected)
    {
        NameplateField<decimal> field = SunSpecDecoder.Scaled(raw, (ushort)scale, Energy, FieldKind.Rated);

        Assert.Equal(expected, field.Value);
        Assert.Equal([raw, (ushort)scale], field.Raw);
    }

    [Fact]
    public void A_negative_scale_factor_keeps_its_decimals()
    {
        Assert.Equal(1350.7m, SunSpecDecoder.Scaled(13_507, unchecked((ushort)-1), Energy, FieldKind.Rated).Value);
    }

    [Fact]
    public void The_sentinel_is_not_implemented()
    {
        Assert.Equal(FieldState.NotImplemented, SunSpecDecoder.Scaled(0xFFFF, 0, Energy, FieldKind.Rated).State);
    }

    [Theory]
    [InlineData(0x8000)]
    [InlineData(11)]
    [InlineData(0xFFF5)]
    public void A_scale_factor_that_is_unknown_or_illegal_makes_the_value_invalid(int scale)
    {
        Assert.Equal(FieldState.Invalid, SunSpecDecoder.Scaled(1500, (ushort)scale, Energy, FieldKind.Rated).State);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(65_534, 10)]
    [InlineData(1, -10)]
    public void A_value_out_of_all_reason_is_invalid_and_says_what_was_read(int raw, int scale)
    {
        NameplateField<decimal> field = SunSpecDecoder.Scaled((ushort)raw, unchecked((ushort)scale), Energy, FieldKind.Rated);

        Assert.Equal(FieldState.Invalid, field.State);
        Assert.Equal([(ushort)raw, unchecked((ushort)scale)], field.Raw);
        Assert.Contains("SunSpec 802 WHRtg says", field.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ACME\0\0\0\0", "ACME")]
    [InlineData("ACME\0junk", "ACME")]
    [InlineData("  ACME 5  ", "ACME 5")]
    [InlineData("ACME\r\n\0\0", "ACME")]
    [InlineData("ACME\u00ff\u00ff", "ACME")]
    public void A_text_is_cut_at_NUL_and_trimmed(string stored, string expected)
    {
        Assert.Equal(expected, SunSpecDecoder.DecodeText(Words(stored), "SunSpec 1 Mn").Value);
    }

    [Theory]
    [InlineData("\0\0\0\0")]
    [InlineData("    ")]
    [InlineData("\u00ff\u00ff\u00ff\u00ff")]
    public void An_empty_text_is_not_implemented(string stored)
    {
        Assert.Equal(FieldState.NotImplemented, SunSpecDecoder.DecodeText(Words(stored), "SunSpec 1 Mn").State);
    }

    [Theory]
    [InlineData("AC\u0001E")]
    [InlineData("ACM\u00e9")]
    [InlineData("\u001b[2J")]
    public void A_text_with_anything_but_printable_ASCII_is_invalid(string stored)
    {
        Assert.Equal(FieldState.Invalid, SunSpecDecoder.DecodeText(Words(stored), "SunSpec 1 Mn").State);
    }

    private static ushort[] Words(string text)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(text.Length % 2 == 0 ? text : text + "\0");
        return [.. bytes.Chunk(2).Select(pair => (ushort)((pair[0] << 8) | pair[1]))];
    }
}
