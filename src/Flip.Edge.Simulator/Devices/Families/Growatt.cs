namespace Flip.Edge.Simulator.Devices.Families;

/// <summary>
/// Growatt storage inverters: the VPP map of new firmware (holding 30000, input 31000), and the old one (holding 0 to 124, 3000) that
/// every model has. An off-grid SPF knows only the old one, and is reset by reads of the new one.
/// </summary>
public static class Growatt
{
    public static IReadOnlyList<DeviceImage> All { get; } =
    [
        DeviceImage.OfFamily("growatt-vpp", "growatt-vpp",
            "MIN 6000TL-XH-US with VPP 2.02: 6000 W, battery converter 5000 W, four modules of 51.2 V and 50 Ah, 4600 W in and 5000 W out",
            () => MinXh(vpp: 202, battery: true)),
        DeviceImage.OfFamily("growatt-vpp-no-battery", "growatt-vpp", "the same without a battery: its registers read 0",
            () => MinXh(vpp: 202, battery: false)),
        DeviceImage.OfFamily("growatt-vpp-wit-100k", "growatt-vpp", "WIT 100K-HU, which refuses the battery registers",
            Wit100K),
        DeviceImage.OfFamily("growatt-legacy", "growatt-legacy", "SPH 5000TL BL-UP: serial number, type and 5000 W, nothing of the battery",
            Sph),
        DeviceImage.OfFamily("growatt-legacy-mod-xh", "growatt-legacy",
            "MOD 10KTL3-XH with firmware before VPP: 30000 tells its type, 30099 says 0; serial number of 16 characters at 3001",
            ModXh),
        DeviceImage.OfFamily("growatt-legacy-spa", "growatt-legacy", "SPA 3000TL BL: 0 wherever it has nothing, instead of exception 2",
            Spa),
        DeviceImage.OfFamily("growatt-spf", "growatt-spf", "off-grid SPF 5000 ES: known by holding 43, before anything reads 30000", Spf),
    ];

    private static DeviceTables MinXh(int vpp, bool battery)
    {
        DeviceTables device = new();
        Legacy(device.Holding(1), typeCode: 5100, "SMN4D2300K", "   PV Inverter  ", ratedW: 6000);
        device.Holding(1).Text(125, 8, "MIN 6000TL-XH-US").Text(3001, 15, "SMN4D2300K");
        VppIdentity(device.Holding(1), typeCode: 5100, "SMN4D2300K", ratedW: 6000, converterW: 5000, vpp);
        VppTelemetry(device.Input(1));
        device.Input(1).Fill(31200, 200);
        if (battery) VppBattery(device.Input(1), 31200);
        return device;
    }

    private static DeviceTables Wit100K()
    {
        DeviceTables device = new();
        VppIdentity(device.Holding(1), typeCode: 5600, "FYK0E2100A", ratedW: 100_000, converterW: 110_000, vpp: 201);
        VppTelemetry(device.Input(1));
        return device;
    }

    private static DeviceTables Sph()
    {
        DeviceTables device = new();
        Legacy(device.Holding(1), typeCode: 3502, "NKC6E1100X", "   PV Inverter  ", ratedW: 5000);
        device.Holding(1).Text(125, 8, "SPH 5000TL BL-UP");
        device.Input(1).Fill(0, 125).U32HighFirst(1, 21_340).U32HighFirst(91, 81_234).Fill(1000, 125)
            .U32HighFirst(1009, 0).U32HighFirst(1011, 12_000).U16(1013, 531).U16(1014, 62).U32HighFirst(1029, 4_100);
        return device;
    }

    private static DeviceTables ModXh()
    {
        DeviceTables device = new();
        Legacy(device.Holding(1), typeCode: 5400, "LRP0F18005", "   PV Inverter  ", ratedW: 10_000);
        device.Holding(1).Fill(3000, 125).Text(3001, 15, "LRP0F18005B12345");
        VppIdentity(device.Holding(1), typeCode: 5400, "LRP0F18005", ratedW: 10_000, converterW: 0, vpp: 0);
        device.Input(1).Fill(3000, 250).U16(3171, 62).U32HighFirst(3180, 12_000);
        return device;
    }

    private static DeviceTables Spa()
    {
        DeviceTables device = new();
        Legacy(device.Holding(1).Fill(0, 250).Fill(3000, 125), typeCode: 3701, "TGB0A9300C", "", ratedW: 3000);
        device.Input(1).Fill(0, 125).Fill(1000, 125).U16(1013, 530).U16(1014, 55);
        return device;
    }

    private static DeviceTables Spf()
    {
        DeviceTables device = new();
        Legacy(device.Holding(1), typeCode: 3401, "JNK1CDR0KQ", "", ratedW: 5000);
        device.Input(1).Fill(0, 90).U16(44, 3401);
        return device;
    }

    /// <summary>Holding 0 to 124 of every Growatt: Pmax in 0.1 W, firmware, ten characters of serial number, maker's information, type.</summary>
    private static void Legacy(DeviceRegisters holding, int typeCode, string serial, string information, int ratedW)
    {
        if (!holding.Addresses.Contains((ushort)0)) holding.Fill(0, 125);
        holding.U16(0, 1).U32HighFirst(6, ratedW * 10L).Text(9, 3, "AL1.0 ").Text(12, 3, "ZBAA12").U16(22, 0)
            .Text(23, 5, serial).U16(30, 1).Text(34, 8, information).U16(43, typeCode).U16(44, 0x0201);
    }

    /// <summary>Holding 30000 to 30084 and 30099, as the VPP document lists them. 30085 to 30098 don't exist.</summary>
    private static void VppIdentity(DeviceRegisters holding, int typeCode, string serial, int ratedW, int converterW, int vpp) =>
        holding.Fill(30_000, 85).U16(30_000, typeCode).Text(30_001, 15, serial)
            .U32HighFirst(30_016, ratedW * 10L).U32HighFirst(30_018, ratedW * 10L)
            .U32HighFirst(30_020, ratedW * 6L).U32HighFirst(30_022, ratedW * 6L).U32HighFirst(30_024, ratedW * 10L)
            .U32HighFirst(30_026, converterW * 10L).U32HighFirst(30_028, ratedW * 20L).U16(30_030, 1)
            .Text(30_060, 1, "AL").Text(30_061, 1, "AA").U16(30_062, 1).U16(30_063, 0).U16(30_064, 12)
            .U16(30_099, vpp);

    private static void VppTelemetry(DeviceRegisters input) =>
        input.Fill(31_000, 126).U16(31_000, 6).U16(31_001, 2).U32HighFirst(31_058, 34_500).U32HighFirst(31_100, 22_100).U16(31_105, 6001);

    /// <summary>One battery: 12.5 kWh charged in its life, 4600 W in, 5000 W out, 62 %, 50 Ah in one cluster of four modules of 51.2 V.</summary>
    private static void VppBattery(DeviceRegisters input, int at) =>
        input.U32HighFirst(at, 12_340).U32HighFirst(at + 4, 125).U32HighFirst(at + 8, 98)
            .U32HighFirst(at + 10, 46_000).U32HighFirst(at + 12, 50_000).U16(at + 14, 2103).U32HighFirst(at + 15, 58)
            .U16(at + 17, 62).U16(at + 18, 99).U32HighFirst(at + 19, 50).S16(at + 23, 231)
            .U16(at + 25, 1).U16(at + 26, 4).U16(at + 27, 512).U16(at + 28, 500);
}
