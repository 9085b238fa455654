using Flip.Edge.Devices.Nameplates;

namespace Flip.Edge.Devices.Profiles;

/// <summary>What the bits of a point mean.</summary>
public enum PointType
{
    /// <summary>Unsigned, one register.</summary>
    U16,

    /// <summary>Signed, one register.</summary>
    S16,

    /// <summary>Unsigned, two registers.</summary>
    U32,

    /// <summary>Signed, two registers.</summary>
    S32,

    /// <summary>Unsigned, four registers.</summary>
    U64,

    /// <summary>Signed, four registers.</summary>
    S64,

    /// <summary>IEEE 754, two registers.</summary>
    F32,

    /// <summary>Characters.</summary>
    Text,
}

/// <summary>Which register of a larger number comes first. Bytes inside a register are always big-endian.</summary>
public enum WordOrder
{
    /// <summary>The high word, as in SunSpec.</summary>
    HighFirst,

    /// <summary>The low word.</summary>
    LowFirst,
}

/// <summary>Where a register's characters are.</summary>
public enum CharacterOrder
{
    /// <summary>Two in each register, the high byte first.</summary>
    HighByteFirst,

    /// <summary>Two in each register, the low byte first.</summary>
    LowByteFirst,

    /// <summary>One in each register, in the low byte.</summary>
    LowByteOnly,
}

/// <summary>What a 0 means.</summary>
public enum ZeroMeaning
{
    /// <summary>A value like others.</summary>
    Value,

    /// <summary>It can't be true: the value is invalid.</summary>
    Invalid,

    /// <summary>This family's way of saying that there is none.</summary>
    Absent,
}

/// <summary>One value in the registers.</summary>
public sealed record ProfilePoint
{
    /// <summary>Its name in the profile.</summary>
    public required string Name { get; init; }

    /// <summary>Role in <see cref="DeviceProfile.Units"/> whose unit id answers for it.</summary>
    public string On { get; init; } = DeviceProfile.MainUnit;

    /// <summary>3 holding, 4 input.</summary>
    public int Function { get; init; } = 3;

    /// <summary>First register: 0-based PDU address; within <see cref="ProfileBatteries"/> and a SunSpec model an offset.</summary>
    public required int Address { get; init; }

    /// <summary>The SunSpec model whose id register <see cref="Address"/> counts from, or null.</summary>
    public ushort? SunSpecModel { get; init; }

    /// <summary>Offset of the scale factor in the same SunSpec model, or null.</summary>
    public int? ScaleFactorAddress { get; init; }

    /// <summary>What the bits mean.</summary>
    public required PointType Type { get; init; }

    /// <summary>Length in registers.</summary>
    public required int Registers { get; init; }

    /// <summary>Which word comes first.</summary>
    public WordOrder WordOrder { get; init; }

    /// <summary>Where a text's characters are.</summary>
    public CharacterOrder Characters { get; init; }

    /// <summary>How many characters of a text count, from its beginning, where the device puts others behind them; null: all.</summary>
    public int? MostCharacters { get; init; }

    /// <summary>The bits that count, lowest first, or null for all.</summary>
    public (int From, int Count)? Bits { get; init; }

    /// <summary>The value is raw × scale, in <see cref="Unit"/>.</summary>
    public decimal Scale { get; init; } = 1;

    /// <summary><c>Wh</c>, <c>W</c>, <c>A</c>, <c>Ah</c>, <c>V</c>, <c>%</c>, <c>VA</c>, or null for a code or a text.</summary>
    public string? Unit { get; init; }

    /// <summary>Rating or setting.</summary>
    public FieldKind Kind { get; init; } = FieldKind.Rated;

    /// <summary>Raw values that mean "none", as unsigned bit patterns.</summary>
    public IReadOnlyList<ulong> Sentinels { get; init; } = [];

    /// <summary>What a 0 means.</summary>
    public ZeroMeaning Zero { get; init; }

    /// <summary>What the scaled value has to be between, both inclusive, or null. Outside, it is invalid.</summary>
    public (decimal Least, decimal Most)? Between { get; init; }

    /// <summary>Where the fact comes from.</summary>
    public required ProfileEvidence Evidence { get; init; }

    /// <summary>What to know of it, or null.</summary>
    public string? Note { get; init; }
}
