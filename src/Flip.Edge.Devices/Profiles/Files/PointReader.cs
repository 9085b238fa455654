using Flip.Edge.Devices.Nameplates;

namespace Flip.Edge.Devices.Profiles.Files;

/// <summary>Reads one point, and resolves what it does not say itself.</summary>
internal sealed partial class PointReader(ProfileContext context, PointDefaults defaults)
{
    private const int LastAddress = 65535;
    private const int MostRegisters = 125;
    private static readonly string[] AmountsWhereZeroCounts = ["Wh", "W", "VA", "A", "Ah", "V"];

    /// <param name="point">The object.</param>
    /// <param name="isInBattery">Whether addresses are offsets in a battery's block.</param>
    public ProfilePoint Read(ProfileObject point, bool isInBattery)
    {
        PointType type = point.Required("type", $"what its bits are: {NodeValues.OneOf(Vocabulary.Types.Keys)}")?.AsChoice(context.Mistakes, Vocabulary.Types) ?? PointType.U16;
        bool isText = type == PointType.Text;
        string? unit = Unit(point, isText);
        ProfilePoint read = new()
        {
            Name = point.Node.Name,
            On = Role(point),
            Function = point.Whole("function", 3, 4) ?? 3,
            Address = point.Required("address", isInBattery ? "the offset from the block's base" : "the 0-based PDU address")?.AsAddress(context.Mistakes) ?? 0,
            SunSpecModel = SunSpecModel(point, isInBattery),
            ScaleFactorAddress = ScaleFactor(point, type),
            Type = type,
            Registers = Registers(point, type),
            WordOrder = Order(point, type),
            Characters = Characters(point, isText),
            MostCharacters = MostCharacters(point, isText),
            Bits = Bits(point, type),
            Scale = isText ? 1 : Scale(point),
            Unit = unit,
            Kind = point.Choice("kind", Vocabulary.PointKinds) ?? FieldKind.Rated,
            Sentinels = Sentinels(point, type),
            Zero = Zero(point, isText, unit),
            Between = Between(point, isText),
            Evidence = context.Evidence.Of(point),
            Note = point.Text("note"),
        };
        point.Close();
        if (read.SunSpecModel is null && read.Address + read.Registers > LastAddress + 1)
        {
            point.Fail("address", FormattableString.Invariant($"is {read.Address}, and {read.Registers} registers from there on end after {LastAddress}"));
        }

        return read;
    }

    private WordOrder Order(ProfileObject point, PointType type)
    {
        if (type != PointType.Text && PointTypes.Registers(type) > 1) return point.Choice("word_order", Vocabulary.WordOrders) ?? defaults.WordOrder;
        point.Unwanted("word_order", "belongs to numbers of more than one register: leave it out");
        return WordOrder.HighFirst;
    }

    private static CharacterOrder Characters(ProfileObject point, bool isText)
    {
        if (isText) return point.Choice("characters", Vocabulary.CharacterOrders) ?? CharacterOrder.HighByteFirst;
        point.Unwanted("characters", "belongs to texts: leave it out");
        return CharacterOrder.HighByteFirst;
    }

    private static int? MostCharacters(ProfileObject point, bool isText)
    {
        if (isText) return point.Whole("most_characters", 1, 2 * MostRegisters);
        point.Unwanted("most_characters", "belongs to texts: leave it out");
        return null;
    }

    private static (int From, int Count)? Bits(ProfileObject point, PointType type)
    {
        if (type is not (PointType.U16 or PointType.U32 or PointType.U64))
        {
            point.Unwanted("bits", "belongs to u16, u32 and u64: make the point unsigned, or leave it out");
            return null;
        }

        if (point.Object("bits") is not { } bits) return null;
        int width = 16 * PointTypes.Registers(type);
        int from = bits.RequiredWhole("from", "the lowest bit, from 0", 0, width - 1);
        int count = bits.RequiredWhole("count", "how many bits", 1, width - 1);
        bits.Close();
        if (from + count > width) point.Fail("bits", FormattableString.Invariant($"ends after bit {width - 1}, the last of a {Vocabulary.NameOf(Vocabulary.Types, type)}"));
        return (from, count);
    }

    private decimal Scale(ProfileObject point)
    {
        if (point.Find("scale")?.AsAmount(context.Mistakes) is not { } scale) return 1;
        if (scale > 0) return scale;
        point.Fail("scale", "has to be more than 0: value = raw × scale");
        return 1;
    }

    private static string? Unit(ProfileObject point, bool isText)
    {
        if (isText)
        {
            foreach (string amount in (string[])["unit", "scale"]) point.Unwanted(amount, "belongs to numbers, and this is a text: leave it out");
            return null;
        }

        if (point.Text("unit") is not { } unit) return null;
        if (!Vocabulary.Units.Contains(unit)) point.Fail("unit", $"is \"{unit}\", and has to be {NodeValues.OneOf(Vocabulary.Units)}, to which scale brings it; or leave it out for a code");
        return unit;
    }

    private IReadOnlyList<ulong> Sentinels(ProfileObject point, PointType type)
    {
        if (type == PointType.Text)
        {
            point.Unwanted("sentinels", "belongs to numbers; an empty text is absent by itself");
            return [];
        }

        return point.Find("sentinels") is { } node
            ? PointDefaults.SentinelList(node, type, context.Mistakes)
            : defaults.Sentinels.GetValueOrDefault(type) ?? [];
    }

    private ZeroMeaning Zero(ProfileObject point, bool isText, string? unit)
    {
        if (isText) point.Unwanted("zero", "belongs to numbers; an empty text is absent by itself");
        else if (point.Choice("zero", Vocabulary.Zeros) is { } told) return told;
        return unit is not null && AmountsWhereZeroCounts.Contains(unit) ? defaults.Zero : ZeroMeaning.Value;
    }

    private (decimal Least, decimal Most)? Between(ProfileObject point, bool isText)
    {
        if (!isText) return point.Find("between")?.AsRange(context.Mistakes);
        point.Unwanted("between", "belongs to numbers: leave it out");
        return null;
    }
}
