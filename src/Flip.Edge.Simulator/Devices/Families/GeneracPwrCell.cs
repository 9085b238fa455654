using static Flip.Edge.Simulator.Devices.Families.SunSpecTables;

namespace Flip.Edge.Simulator.Devices.Families;

/// <summary>
/// Generac PWRcell: the Beacon at unit 1 lists in model 64200 which part answers at which unit id; each part has a SunSpec map of its own.
/// </summary>
public static class GeneracPwrCell
{
    public static IReadOnlyList<DeviceImage> All { get; } =
    [
        DeviceImage.OfFamily("generac-pwrcell", "generac-pwrcell", "Beacon with nine parts, one battery at unit 9: 9000 Wh, charge 3400 W, discharge 4500 W",
            () => System((8, 9, Rated("0001000800A1", 9000, 3400, 4500)))),
        DeviceImage.OfFamily("generac-pwrcell-two", "generac-pwrcell", "two batteries at units 9 and 10: 27000 Wh together",
            () => System((8, 9, Rated("0001000800A1", 9000, 3400, 4500)), (8, 10, Rated("0001000800B2", 18_000, 6700, 9000)))),
        DeviceImage.OfFamily("generac-pwrcell-listed-twice", "generac-pwrcell", "one battery listed at units 9 and 80 with one serial number: 9000 Wh",
            () => System((8, 9, Rated("0001000800A1", 9000, 3400, 4500)), (8, 80, Rated("0001000800A1", 9000, 3400, 4500)))),
        DeviceImage.OfFamily("generac-pwrcell-unrated", "generac-pwrcell", "a battery whose model 802 tells its state and no ratings",
            () => System((8, 9, Battery("0001000800A1", new SunSpecModel(BatteryLayouts.Base).With(
                ("SoC", 625), ("SoH", 990), ("SoC_SF", -1), ("SoH_SF", -1), ("V", 3890), ("V_SF", -1), ("W", 152), ("W_SF", 1)))))),
    ];

    private static DeviceTables System(params (int Kind, byte Unit, DeviceRegisters Map)[] batteries)
    {
        List<(int Kind, byte Unit)> parts = [(0, 2), (3, 3), (3, 4), (3, 5), (3, 6), (3, 7), (7, 8), .. batteries.Select(part => (part.Kind, part.Unit))];
        DeviceTables tables = new DeviceTables()
            .With(1, new SunSpecMapBuilder(40000).Add(Common("Generac", "REbus Beacon", "CES-1.1.2.B66", "0001001204C7")).Add(Directory(parts)).BuildWithEnd())
            .With(2, Part("ICM", "0001000200C3"))
            .With(8, new SunSpecMapBuilder(40000).Add(Common("Generac", "PWRcell X7602 Inverter", "13341.5", "00010007030D"))
                .Add(new SunSpecModel(InverterLayouts.ThreePhase.As(102)).With(("W", 318), ("W_SF", 1), ("Hz", 6001), ("Hz_SF", -2), ("St", 4)))
                .Add(Opaque(64208, 20)).BuildWithEnd());
        for (byte unit = 3; unit <= 7; unit++) tables.With(unit, Part("PV Link", $"0001000340A{unit}"));
        foreach (var (_, unit, map) in batteries) tables.With(unit, map);
        return tables;
    }

    /// <summary>Eight registers, then thirty-two for each part.</summary>
    private static SunSpecModel Directory(List<(int Kind, byte Unit)> parts)
    {
        var text = "UpdtN:uint16 Ct:uint16 SysMd:enum16* VT_sf:sunssf I_sf:sunssf Time:uint32 Clr:enum16*";
        for (var i = 0; i < parts.Count; i++)
        {
            text += $" Man{i}:enum16 Dev{i}:enum16 ID{i}:uint16 Ena{i}:enum16* UnitID{i}:uint16 UpdtTm{i}:uint32 St{i}:enum16 P{i}:int16 E{i}:uint32 Rb{i}:uint16"
                + $" V{i}:int16 I{i}:int16 T{i}:int16 " + string.Join(' ', Enumerable.Range(0, 17).Select(o => $"O{i}_{o}:uint16"));
        }

        SunSpecModel model = new SunSpecModel(SunSpecLayout.Parse(64200, text)).With(
            ("UpdtN", 14), ("Ct", parts.Count), ("SysMd", 2), ("VT_sf", -1), ("I_sf", -2), ("Time", 1_790_000_000), ("Clr", 0));
        for (var i = 0; i < parts.Count; i++)
        {
            model.With(($"Man{i}", 1), ($"Dev{i}", parts[i].Kind), ($"ID{i}", 100 + i), ($"Ena{i}", 1), ($"UnitID{i}", parts[i].Unit),
                ($"UpdtTm{i}", 1_790_000_000), ($"St{i}", 8192), ($"P{i}", 120), ($"E{i}", 4_000_000), ($"V{i}", 3800), ($"I{i}", 31), ($"T{i}", 240));
        }

        return model;
    }

    private static DeviceRegisters Part(string model, string serial) =>
        new SunSpecMapBuilder(40000).Add(Common("Generac", model, "13341.5", serial)).Add(Opaque(64207, 20)).BuildWithEnd();

    private static DeviceRegisters Rated(string serial, int capacityWh, int chargeW, int dischargeW) =>
        Battery(serial, ImageParts.Battery(capacityWh, chargeW, dischargeW));

    private static DeviceRegisters Battery(string serial, SunSpecModel battery) => new SunSpecMapBuilder(40000)
        .Add(Common("Generac", "PWRcell Battery", "13341.5", serial)).Add(battery).Add(Opaque(64209, 18)).BuildWithEnd();
}
