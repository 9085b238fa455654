namespace Flip.Edge.Simulator.Devices.Families;

/// <summary>Solis hybrids (map 33000): input registers only, 0 where a model has nothing, the battery told in volts and amperes.</summary>
public static class Solis
{
    public static IReadOnlyList<DeviceImage> All { get; } =
    [
        DeviceImage.OfFamily("solis", "solis", "S5-EH1P: type 0x2030, battery 51.2 V, which takes 50 A and gives 100 A; no rating of anything",
            () => Hybrid(battery: true)),
        DeviceImage.OfFamily("solis-digits-serial", "solis", "an older one that tells its serial number as four registers of exchanged decimal digits",
            DigitsSerial),
        DeviceImage.OfFamily("solis-no-bms", "solis", "the same without a battery management: 0 throughout", () => Hybrid(battery: false)),
    ];

    /// <summary>1031 0502 1819 0042, each byte's digits exchanged, the low byte first.</summary>
    private static DeviceTables DigitsSerial()
    {
        var device = Hybrid(battery: true);
        device.Input(1).Fill(33_004, 16).U16(33_004, 0x1301).U16(33_005, 0x2050).U16(33_006, 0x9181).U16(33_007, 0x2400);
        return device;
    }

    private static DeviceTables Hybrid(bool battery)
    {
        DeviceTables device = new();
        var input = device.Input(1).Fill(33_000, 300).U16(33_000, 0x3102).U16(33_001, 0x0020).U16(33_002, 0x0037).U16(33_003, 0x0001)
            .Text(33_004, 16, "1031050218190042").U16(33_022, 26).U16(33_023, 11).U16(33_024, 23)
            .U32HighFirst(33_029, 12_345).U32HighFirst(33_057, 2890).U32HighFirst(33_079, 2210).U16(33_095, 3)
            .U32HighFirst(33_130, 120).U16(33_132, 1).U32HighFirst(33_263, 120).U16(35_000, 0x2030);
        device.Holding(1).Fill(43_000, 200);
        if (!battery) return device;
        input.U16(33_133, 512).S16(33_134, 241).U16(33_135, 0).U16(33_139, 62).U16(33_140, 99).U16(33_141, 512).S16(33_142, 240)
            .U16(33_143, 500).U16(33_144, 1000).U32HighFirst(33_149, 1233).U32HighFirst(33_161, 3512).U32HighFirst(33_165, 3123)
            .U16(33_206, 625).U16(33_207, 700);
        return device;
    }
}
