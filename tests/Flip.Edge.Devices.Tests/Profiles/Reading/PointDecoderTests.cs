using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Devices.Profiles.Reading;

namespace Flip.Edge.Devices.Tests.Profiles.Reading;

public sealed class PointDecoderTests
{
    [Theory]
    [InlineData(PointType.U16, "FFFE", 65534)]
    [InlineData(PointType.S16, "FFFE", -2)]
    [InlineData(PointType.U32, "0001 0002", 65538)]
    [InlineData(PointType.S32, "FFFF FFFE", -2)]
    [InlineData(PointType.S64, "FFFF FFFF FFFF FFFD", -3)]
    [InlineData(PointType.F32, "4617 9000", 9700)]
    public void Numbers_of_every_type_are_read_high_word_first_and_low_word_first(PointType type, string words, int expected)
    {
        ushort[] raw = Words(words);

        Assert.Equal(expected, Decode(Number(type, raw.Length), raw).Number);
        Assert.Equal(expected, Decode(Number(type, raw.Length) with { WordOrder = WordOrder.LowFirst }, [.. raw.Reverse()]).Number);
    }

    [Fact]
    public void A_number_of_64_bits_without_sign_is_not_cut() =>
        Assert.Equal(18446744073709551614m, Decode(Number(PointType.U64, 4), Words("FFFF FFFF FFFF FFFE")).Number);

    [Fact]
    public void A_float_keeps_its_seven_digits_and_gains_none() =>
        Assert.Equal(9.6m, Decode(Number(PointType.F32, 2), Words("4119 999A")).Number);

    [Theory]
    [InlineData("7FC0 0000")]
    [InlineData("7F80 0000")]
    [InlineData("FF80 0000")]
    public void Not_a_number_and_infinity_mean_that_there_is_none(string words)
    {
        PointReading reading = Decode(Number(PointType.F32, 2), Words(words));

        Assert.Equal(FieldState.NotImplemented, reading.State);
        Assert.True(reading.IsToldAbsent);
        Assert.Null(reading.Number);
    }

    [Fact]
    public void A_float_beyond_all_reason_is_invalid_and_no_overflow() =>
        Assert.Equal(FieldState.Invalid, Decode(Number(PointType.F32, 2), Words("7F7F FFFF")).State);

    [Fact]
    public void A_sentinel_is_absent_in_either_word_order()
    {
        ProfilePoint point = Number(PointType.S32, 2) with { Sentinels = [0x7FFF_FFFF], WordOrder = WordOrder.LowFirst };

        PointReading reading = Decode(point, Words("FFFF 7FFF"));

        Assert.Equal(FieldState.NotImplemented, reading.State);
        Assert.Equal("holding 20 (0x0014) says that there is none (0x7FFFFFFF)", reading.Reason);
    }

    [Theory]
    [InlineData(ZeroMeaning.Value, FieldState.Present)]
    [InlineData(ZeroMeaning.Invalid, FieldState.Invalid)]
    [InlineData(ZeroMeaning.Absent, FieldState.NotImplemented)]
    public void What_0_means_is_the_profiles_to_say(ZeroMeaning zero, FieldState expected) =>
        Assert.Equal(expected, Decode(Number(PointType.U16, 1) with { Zero = zero }, [0]).State);

    [Fact]
    public void A_value_that_can_not_be_is_invalid_and_says_what_was_expected()
    {
        ProfilePoint point = Number(PointType.U16, 1) with { Unit = "Wh", Scale = 10, Between = (500, 100_000) };

        PointReading reading = Decode(point, [20_000]);

        Assert.Equal("holding 20 (0x0014) says 200000 Wh: a value from 500 to 100000 Wh is expected", reading.Reason);
        Assert.Null(reading.Number);
        Assert.Null(reading.Code);
    }

    [Fact]
    public void Of_a_register_shared_by_several_values_only_the_bits_count()
    {
        PointReading reading = Decode(Number(PointType.U16, 1) with { Bits = (4, 4) }, [0xABCD]);

        Assert.Equal(0xC, reading.Code);
    }

    [Theory]
    [InlineData(CharacterOrder.HighByteFirst, "4142 4300")]
    [InlineData(CharacterOrder.LowByteFirst, "4241 0043")]
    [InlineData(CharacterOrder.LowByteOnly, "0041 0042 0043")]
    public void A_text_is_read_from_wherever_its_characters_are(CharacterOrder order, string words)
    {
        ushort[] raw = Words(words);

        PointReading reading = Decode(ProfileOf.Text("serial", 20, raw.Length) with { Characters = order }, raw);

        Assert.Equal("ABC", reading.Text);
        Assert.Equal(raw, reading.Raw);
    }

    [Theory]
    [InlineData("0000 0000", FieldState.NotImplemented)]
    [InlineData("2020 2020", FieldState.NotImplemented)]
    [InlineData("FFFF FFFF", FieldState.NotImplemented)]
    [InlineData("4101 4100", FieldState.Invalid)]
    public void An_empty_or_garbled_text_is_no_value(string words, FieldState expected) =>
        Assert.Equal(expected, Decode(ProfileOf.Text("serial", 20, 2), Words(words)).State);

    [Theory]
    [InlineData(1, 100_000)]
    [InlineData(0xFFFF, 1000)]
    public void A_scale_factor_of_a_SunSpec_model_is_applied_whether_it_stands_before_or_after(int factor, int expected)
    {
        ProfilePoint point = Number(PointType.U16, 1) with { SunSpecModel = 120, Address = 19, ScaleFactorAddress = 21 };

        PointReading after = PointDecoder.Decode(point, [10_000, 0x1234, (ushort)factor], "x", WordOrder.HighFirst);
        PointReading before = PointDecoder.Decode(point with { ScaleFactorAddress = 17 }, [(ushort)factor, 0x1234, 10_000], "x", WordOrder.HighFirst);

        Assert.Equal(expected, after.Number);
        Assert.Equal(expected, before.Number);
        Assert.Equal([10_000, (ushort)factor], before.Raw);
    }

    [Fact]
    public void Without_a_legal_scale_factor_the_size_is_unknown()
    {
        ProfilePoint point = Number(PointType.U16, 1) with { SunSpecModel = 120, ScaleFactorAddress = 21 };

        Assert.Equal(FieldState.Invalid, PointDecoder.Decode(point, [10_000, 0x8000], "x", WordOrder.HighFirst).State);
    }

    private static PointReading Decode(ProfilePoint point, ushort[] words) =>
        PointDecoder.Decode(point, words, "holding 20 (0x0014)", point.WordOrder);

    private static ProfilePoint Number(PointType type, int registers) =>
        new() { Name = "x", Address = 20, Type = type, Registers = registers, Evidence = ProfileOf.Certain };

    private static ushort[] Words(string hex) => [.. hex.Split(' ').Select(word => Convert.ToUInt16(word, 16))];
}
