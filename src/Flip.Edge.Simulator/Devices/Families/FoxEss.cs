namespace Flip.Edge.Simulator.Devices.Families;

/// <summary>FoxESS: a model name at holding 30000, mostly one character in each register, and a map by model and by port behind it.</summary>
public static class FoxEss
{
    public static IReadOnlyList<DeviceImage> All { get; } =
    [
        DeviceImage.OfFamily("foxess-h1", "foxess-h1", "H1-5.0-E at its RS-485 port: 8.32 kWh left at 80 %, which is 10400 Wh", H1Aux),
        DeviceImage.OfFamily("foxess-h1-lan", "foxess-h1", "the same at its LAN port, where nothing tells the energy left", H1Lan),
        DeviceImage.OfFamily("foxess-h1-nearly-empty", "foxess-h1", "0.52 kWh left at 5 %: too little to work a capacity out from",
            () => H1(remaining: 52, charge: 5)),
        DeviceImage.OfFamily("foxess-h3", "foxess-h3", "H3-10.0-E, its name with a blank in front: 7.80 kWh left at 75 %, which is 10400 Wh", H3),
        DeviceImage.OfFamily("foxess-g2", "foxess-g2", "H1-5.0-E-G2, two characters in each register; nothing tells the battery", G2),
    ];

    private static DeviceTables H1Aux() => H1(remaining: 832, charge: 80);

    private static DeviceTables H1(int remaining, int charge)
    {
        var device = H1Lan();
        device.Input(247).Fill(11_000, 96).S16(11_002, 1850).S16(11_005, 1790).S16(11_008, -1200).S16(11_021, 120).S16(11_023, 820)
            .U16(11_034, 2304).U16(11_036, charge).U16(11_037, remaining).U16(11_038, 231).U16(11_049, 34_512);
        device.Holding(247).U16(31_024, charge);
        return device;
    }

    private static DeviceTables H1Lan()
    {
        DeviceTables device = new();
        device.Holding(247).TextLowByteOnly(30_000, 16, "H1-5.0-E        ").Fill(31_000, 50).S16(31_002, 1850).S16(31_022, -1200).U16(31_024, 80);
        return device;
    }

    private static DeviceTables H3()
    {
        DeviceTables device = new();
        device.Holding(247).TextLowByteOnly(30_000, 16, " H3-10.0-E").Fill(31_000, 60).S16(31_002, 1850).S16(31_036, -1200).U16(31_038, 75)
            .Fill(31_100, 30).U16(31_123, 780).Fill(32_000, 20).U32HighFirst(32_012, 123_456);
        return device;
    }

    private static DeviceTables G2()
    {
        DeviceTables device = new();
        device.Holding(247).Text(30_000, 16, "H1-5.0-E-G2").Fill(31_000, 50).S16(31_002, 1850).U16(31_024, 80);
        return device;
    }
}
