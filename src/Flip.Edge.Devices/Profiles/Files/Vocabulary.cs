using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.Profiles.Files;

/// <summary>The words of the format, and what they stand for.</summary>
internal static class Vocabulary
{
    public static readonly IReadOnlyDictionary<string, ProfileMap> Maps = new Dictionary<string, ProfileMap>
    {
        ["registers"] = ProfileMap.Registers,
        ["sunspec"] = ProfileMap.SunSpec,
        ["none"] = ProfileMap.None,
    };

    public static readonly IReadOnlyDictionary<string, Confidence> Confidences = new Dictionary<string, Confidence>
    {
        ["two_sources"] = Confidence.TwoSources,
        ["one_source"] = Confidence.OneSource,
        ["unsure"] = Confidence.Unsure,
    };

    public static readonly IReadOnlyDictionary<string, PointType> Types = new Dictionary<string, PointType>
    {
        ["u16"] = PointType.U16,
        ["s16"] = PointType.S16,
        ["u32"] = PointType.U32,
        ["s32"] = PointType.S32,
        ["u64"] = PointType.U64,
        ["s64"] = PointType.S64,
        ["f32"] = PointType.F32,
        ["text"] = PointType.Text,
    };

    public static readonly IReadOnlyDictionary<string, WordOrder> WordOrders = new Dictionary<string, WordOrder>
    {
        ["high_first"] = WordOrder.HighFirst,
        ["low_first"] = WordOrder.LowFirst,
    };

    public static readonly IReadOnlyDictionary<string, CharacterOrder> CharacterOrders = new Dictionary<string, CharacterOrder>
    {
        ["high_byte_first"] = CharacterOrder.HighByteFirst,
        ["low_byte_first"] = CharacterOrder.LowByteFirst,
        ["low_byte_only"] = CharacterOrder.LowByteOnly,
    };

    public static readonly IReadOnlyDictionary<string, ZeroMeaning> Zeros = new Dictionary<string, ZeroMeaning>
    {
        ["invalid"] = ZeroMeaning.Invalid,
        ["absent"] = ZeroMeaning.Absent,
        ["value"] = ZeroMeaning.Value,
    };

    public static readonly IReadOnlyDictionary<string, SerialParity> Parities = new Dictionary<string, SerialParity>
    {
        ["none"] = SerialParity.None,
        ["even"] = SerialParity.Even,
        ["odd"] = SerialParity.Odd,
    };

    /// <summary>What a point may be.</summary>
    public static readonly IReadOnlyDictionary<string, FieldKind> PointKinds = new Dictionary<string, FieldKind>
    {
        ["rated"] = FieldKind.Rated,
        ["configured"] = FieldKind.Configured,
    };

    /// <summary>What a value of the nameplate may be.</summary>
    public static readonly IReadOnlyDictionary<string, FieldKind> ValueKinds = new Dictionary<string, FieldKind>
    {
        ["rated"] = FieldKind.Rated,
        ["configured"] = FieldKind.Configured,
        ["estimated"] = FieldKind.Estimated,
    };

    public static readonly IReadOnlyDictionary<string, ProfileField> Fields = new Dictionary<string, ProfileField>
    {
        ["manufacturer"] = ProfileField.Manufacturer,
        ["model"] = ProfileField.Model,
        ["serial_number"] = ProfileField.SerialNumber,
        ["firmware"] = ProfileField.Firmware,
        ["capacity_wh"] = ProfileField.CapacityWh,
        ["battery_charge_w"] = ProfileField.BatteryChargeW,
        ["battery_discharge_w"] = ProfileField.BatteryDischargeW,
        ["inverter_charge_w"] = ProfileField.InverterChargeW,
        ["inverter_discharge_w"] = ProfileField.InverterDischargeW,
        ["inverter_rated_w"] = ProfileField.InverterRatedW,
    };

    public static readonly IReadOnlyDictionary<string, BatteryField> BatteryFields = new Dictionary<string, BatteryField>
    {
        ["manufacturer"] = BatteryField.Manufacturer,
        ["model"] = BatteryField.Model,
        ["serial_number"] = BatteryField.SerialNumber,
        ["firmware"] = BatteryField.Firmware,
        ["capacity_wh"] = BatteryField.CapacityWh,
        ["charge_w"] = BatteryField.ChargeW,
        ["discharge_w"] = BatteryField.DischargeW,
    };

    public static readonly IReadOnlyList<string> Units = ["Wh", "W", "VA", "A", "Ah", "V", "%"];

    /// <summary>Texts of the SunSpec common model that a check can look at.</summary>
    public static readonly IReadOnlyList<string> SunSpecTexts = ["1.Mn", "1.Md", "1.Vr", "1.SN"];

    public static string NameOf<T>(IReadOnlyDictionary<string, T> words, T value)
        where T : struct, Enum => words.First(word => EqualityComparer<T>.Default.Equals(word.Value, value)).Key;

    public static bool IsText(ProfileField field) =>
        field is ProfileField.Manufacturer or ProfileField.Model or ProfileField.SerialNumber or ProfileField.Firmware;

    public static string UnitOf(ProfileField field) => field == ProfileField.CapacityWh ? "Wh" : "W";
}
