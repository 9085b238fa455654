using static Flip.Edge.Simulator.Devices.Families.SunSpecTables;

namespace Flip.Edge.Simulator.Devices.Families;

/// <summary>OutBack MATE3: a long chain of the maker's models with lengths of their own, and no rating anywhere.</summary>
public static class OutBack
{
    public static IReadOnlyList<DeviceImage> All { get; } =
    [
        DeviceImage.OfFamily("outback", "outback", "a MATE3 with two inverters, two charge controllers and a shunt: nothing but its identity",
            () => DeviceTables.Same(Hub(), 1)),
    ];

    private static DeviceRegisters Hub()
    {
        // It tells kilowatts in a point for watts: 0.70 is no 0.7 W.
        SunSpecModel inverter = new SunSpecModel(InverterLayouts.ThreePhase.As(101)).With(
            ("A", 3), ("AphA", 3), ("A_SF", 0), ("PhVphA", 236), ("V_SF", 0), ("W", 70), ("W_SF", -2), ("Hz", 500), ("Hz_SF", -1),
            ("DCV", 508), ("DCV_SF", -1), ("St", 7));
        SunSpecMapBuilder map = new SunSpecMapBuilder(40000)
            .Add(ShortCommon("OutBack_Power", "MATE3", "001.004.002.0317", "MA2011F0200417"))
            .Add(Opaque(64110, 420)).Add(Opaque(64120, 27)).Add(inverter).Add(Opaque(64255, 56));
        for (var i = 0; i < 2; i++) map.Add(Opaque(64117, 46)).Add(Radian());
        for (var i = 0; i < 2; i++) map.Add(Opaque(64111, 26)).Add(Opaque(64112, 88));
        return map.Add(Opaque(64118, 76)).Add(Shunt()).BuildWithEnd();
    }

    /// <summary>Settings of one inverter. Its serial number is a name that somebody gave it.</summary>
    private static SunSpecModel Radian() => new SunSpecModel(SunSpecLayout.Parse(64116,
            string.Join(' ', Enumerable.Range(0, 64).Select(i => $"R{i}:uint16")) + " SN:string9 Md:string9 "
            + string.Join(' ', Enumerable.Range(0, 7).Select(i => $"T{i}:uint16"))))
        .With("SN", "SPARE VFR").With("Md", "VFXR3048E");

    /// <summary>The shunt's settings, with the ampere-hours that somebody typed.</summary>
    private static SunSpecModel Shunt() => new SunSpecModel(SunSpecLayout.Opaque(64119, 52)).With(("R7", 380));
}
