namespace Flip.Edge.Simulator.Devices.Families;

/// <summary>Sofar's two unrelated maps: G3 (HYD 3-20K, holding registers) and the old one of HYD-ES (serial number in input registers).</summary>
public static class Sofar
{
    public static IReadOnlyList<DeviceImage> All { get; } =
    [
        DeviceImage.OfFamily("sofar-g3", "sofar-g3", "HYD 10KTL-3PH: 25 Ah at a nominal 409.6 V as the installer entered them, 25 A both ways",
            () => G3("SP1ES120N82123", "")),
        DeviceImage.OfFamily("sofar-g3-long-serial", "sofar-g3", "newer firmware, whose serial number of 20 characters goes on elsewhere",
            () => G3("SP1XX010ES120N82", "1234")),
        DeviceImage.OfFamily("sofar-es", "sofar-es", "HYD 3000-ES: a serial number, and nothing of the battery that is a rating", Es),
    ];

    private static DeviceTables G3(string serial, string rest)
    {
        DeviceTables device = new();
        device.Holding(1).Fill(0x0404, 0x80).U16(0x0404, 2).Text(0x0445, 8, serial).Text(0x044D, 2, "V100").Text(0x0470, 4, rest)
            .Fill(0x0480, 0x40).S16(0x0488, 12).Fill(0x0580, 0x20).U16(0x0586, 185)
            .Fill(0x0600, 0x40).U16(0x0604, 4051).S16(0x0606, 120).U16(0x0608, 62).U16(0x0609, 99)
            .Fill(0x0680, 0x20).U32HighFirst(0x0696, 35_123).U32HighFirst(0x069A, 31_234)
            .Fill(0x1044, 0x10).U16(0x1046, 1).U16(0x104B, 2500).U16(0x104C, 2500).U16(0x104D, 80).U16(0x104F, 25).U16(0x1050, 4096);
        return device;
    }

    private static DeviceTables Es()
    {
        DeviceTables device = new();
        device.Holding(1).Fill(0x0200, 0x56).U16(0x0200, 2).S16(0x020D, 120).U16(0x020E, 512).U16(0x0210, 62).S16(0x0212, 15);
        device.Input(1).Fill(0x0200, 0x56).U16(0x2000, 0x0000).U16(0x2001, 0x0010).Text(0x2002, 6, "SE1ES130J912");
        return device;
    }
}
