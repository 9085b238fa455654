namespace Flip.Edge.Simulator.Devices.Families;

/// <summary>Huawei SUN2000 hybrids with a LUNA2000, an LG RESU or nothing. Everything is a holding register, high word first.</summary>
public static class Huawei
{
    private const int NoStorage = 0, Luna = 2;

    public static IReadOnlyList<DeviceImage> All { get; } =
    [
        DeviceImage.OfFamily("huawei-sun2000", "huawei-sun2000", "SUN2000-8KTL-M1 with one LUNA2000 of 10000 Wh and 5000 W, inverter 8000 W",
            () => Device(1, Luna, units: 1)),
        DeviceImage.OfFamily("huawei-sun2000-two-units", "huawei-sun2000",
            "two LUNA2000 towers, together 30000 Wh and 10000 W; the rating registers tell the first one's 5000 W only",
            () => Device(1, Luna, units: 2)),
        DeviceImage.OfFamily("huawei-sun2000-unit-0", "huawei-sun2000", "the same as the first, answering to unit id 0 as behind a Smart Dongle",
            () => Device(0, Luna, units: 1)),
        DeviceImage.OfFamily("huawei-sun2000-no-storage", "huawei-sun2000", "an inverter without a battery: product 0, ratings 0xFFFFFFFF",
            () => Device(1, NoStorage, units: 0)),
    ];

    /// <summary>An EMMA has a text at the same place, and everything else elsewhere.</summary>
    public static DeviceTables Emma()
    {
        DeviceTables device = new();
        device.Holding(0).Text(30_000, 15, "SmartHEMS").Text(30_015, 10, "ES2360012345").Fill(30_025, 100).U16(30_368, 6200);
        return device;
    }

    private static DeviceTables Device(byte unit, int product, int units)
    {
        DeviceTables device = new();
        var holding = device.Holding(unit);
        holding.Text(30_000, 15, "SUN2000-8KTL-M1").Text(30_015, 10, "HV2170123456").Text(30_025, 10, "01074311-003")
            .Text(30_035, 15, "V100R001C00SPC150").Text(30_050, 15, "V100R001C20SPC115").Fill(30_065, 3)
            .U32HighFirst(30_068, 3).U16(30_070, 436).U16(30_071, 2).U16(30_072, 2)
            .U32HighFirst(30_073, 8000).U32HighFirst(30_075, 8800).U32HighFirst(30_077, 8800)
            .U32HighFirst(30_079, 5280).U32HighFirst(30_081, 0xFFFF_EB60).U32HighFirst(30_083, 8800).U32HighFirst(30_085, 8800)
            .Fill(32_000, 120).U32HighFirst(32_064, 3450).U32HighFirst(32_080, 2210).U32HighFirst(32_106, 1_234_567)
            .U16(47_000, product);
        Storage(holding, product, units);
        return device;
    }

    private static void Storage(DeviceRegisters holding, int product, int units)
    {
        var there = product != NoStorage;
        holding.Fill(37_000, 70).U16(37_000, there ? 2 : 0).U32HighFirst(37_001, there ? 1234 : 0).U16(37_004, there ? 620 : 0)
            .U32HighFirst(37_007, there ? 5000 : 0xFFFF_FFFF).U32HighFirst(37_009, there ? 5000 : 0xFFFF_FFFF)
            .U32HighFirst(37_046, there ? 5000 * units : 0xFFFF_FFFF).U32HighFirst(37_048, there ? 5000 * units : 0xFFFF_FFFF)
            .Text(37_052, 10, there ? "ZX2150012345" : "")
            .Fill(37_700, 90).Text(37_700, 10, units == 2 ? "ZX2150067890" : "")
            .U32HighFirst(37_758, !there ? 0xFFFF_FFFF : units == 2 ? 30_000 : 10_000).U16(37_760, there ? 620 : 0)
            .U32HighFirst(37_765, there ? 1234 : 0).U32HighFirst(37_780, 123_456).U32HighFirst(37_782, 98_765)
            .Text(37_799, 15, "").Text(37_814, 15, there ? "V100R002C00SPC121" : "");
    }
}
