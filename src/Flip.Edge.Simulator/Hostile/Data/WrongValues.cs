using Flip.Edge.Simulator.Devices;

namespace Flip.Edge.Simulator.Hostile.Data;

/// <summary>SunSpec devices whose models stand where they should, and say what can't be true.</summary>
internal static class WrongValues
{
    private static readonly string[] Energy = ["713.WHRtg", "802.WHRtg", "120.WHRtg"];
    private static readonly string[] Battery = ["802.WHRtg", "802.WChaRteMax", "802.WDisChaRteMax", "713.WHRtg"];
    private static readonly string[] BatteryFactors = ["802.WHRtg_SF", "802.WChaDisChaMax_SF", "713.WH_SF"];
    private static readonly string[] Ratings =
        [.. Energy, "802.WChaRteMax", "802.WDisChaRteMax", "120.WRtg", "120.MaxChaRte", "120.MaxDisChaRte", "702.WMaxRtg", "702.WChaRteMaxRtg", "702.WDisChaRteMaxRtg"];

    public static IReadOnlyList<DataBehaviour> All { get; } =
    [
        new("scale-changes", "values and scale factors change together from read to read: 1500 × 10, then 150 × 100; what they say stays the same", [17],
            device => new SunSpecBank(device, chain => [chain.Copy().LayOutWithEnd(), Coarser(chain).LayOutWithEnd()])),
        new("scale-moves", "scale factors change between the readings and the values don't: neither may be believed", [17],
            device => new SunSpecBank(device, chain => [chain.Copy().LayOutWithEnd(), chain.Copy().Set(2, BatteryFactors).LayOutWithEnd()], turn: 7)),
        Set("scale-unknown", "the batteries' scale factors are 0x8000, so the size of their ratings is unknown", [17], 0x8000, BatteryFactors),
        Set("scale-illegal", "the batteries' scale factors are 99, which no specification allows", [17], 99, BatteryFactors),
        Text("strings-not-ascii", "the texts of the common model hold bytes above 0x7F", [19], words => words[1] = 0xE9FF, "Mn", "Md", "SN"),
        Text("strings-one-per-register", "the texts have one character in each register, in the low byte, as if they were empty", [19], OnePerRegister, "Mn", "Md", "SN"),
        new("serial-cut", "the common model ends in the middle of the serial number", [19], device => new SunSpecBank(device, chain => [Cut(chain).LayOutWithEnd()])),
        new("serial-comes-and-goes", "the end of the serial number is missing in one reading and there in the next", [19],
            device => new SunSpecBank(device, chain => [chain.Copy().LayOutWithEnd(), chain.Copy().Text("SN", words => words.AsSpan(3).Clear()).LayOutWithEnd()], turn: 7)),
        Text("serial-zeros", "the serial number is nothing but zeros, a placeholder", [19], words => words.AsSpan().Fill(0x3030), "SN"),
        Set("rated-energy-zero", "the rated energy reads 0 after a firmware update, while all else works", [20], 0, Energy),
        Set("battery-ratings-zero", "the battery's ratings read 0 and the inverter's don't", [20, 22], 0, Battery),
        Set("ratings-ffff", "every rating holds the sentinel of its type: not implemented, and never 65,535", [22], 0xFFFF, Ratings),
        Set("ratings-8000", "every rating holds the sentinel of signed numbers, 0x8000: never 32,768", [22], 0x8000, Ratings),
        new("night-zeros", "headers and texts are there, and every other register reads 0: asleep, and healthy to look at", [28],
            device => new SunSpecBank(device, chain => [Emptied(chain).LayOutWithEnd()])),
    ];

    private static DataBehaviour Set(string name, string description, IReadOnlyList<int> pitfalls, ushort raw, string[] points) =>
        new(name, description, pitfalls, device => new SunSpecBank(device, chain => [chain.Set(raw, points).LayOutWithEnd()]));

    private static DataBehaviour Text(string name, string description, IReadOnlyList<int> pitfalls, Action<ushort[]> change, params string[] points) =>
        new(name, description, pitfalls, device => new SunSpecBank(device, chain =>
        {
            foreach (var point in points) chain.Text(point, change);
            return [chain.LayOutWithEnd()];
        }));

    private static void OnePerRegister(ushort[] words)
    {
        var bytes = words.SelectMany(word => new[] { (ushort)(word >> 8), (ushort)(word & 0xFF) }).Take(words.Length).ToArray();
        bytes.CopyTo(words, 0);
    }

    // Every text register is used, so that the cut falls into the number and not into its padding.
    private static SunSpecChain Cut(SunSpecChain chain) =>
        chain.Copy().Text("SN", words => words.AsSpan().Fill(0x3132)).Resize(1, 56, declared: true);

    private static SunSpecChain Coarser(SunSpecChain chain)
    {
        var copy = chain.Copy();
        foreach (var model in copy.With(BatteryLayouts.Base.Id))
        {
            foreach (var (value, factor) in (ReadOnlySpan<(string, string)>)[("WHRtg", "WHRtg_SF"), ("WChaRteMax", "WChaDisChaMax_SF"), ("WDisChaRteMax", "")])
            {
                model[BatteryLayouts.Base[value].Offset] /= 10;
                if (factor.Length > 0) model[BatteryLayouts.Base[factor].Offset]++;
            }
        }

        return copy;
    }

    private static SunSpecChain Emptied(SunSpecChain chain)
    {
        foreach (var model in chain.Models.Where(model => model[0] != 1)) model.AsSpan(2).Clear();
        return chain;
    }
}
