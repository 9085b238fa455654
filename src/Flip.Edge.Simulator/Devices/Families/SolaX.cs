namespace Flip.Edge.Simulator.Devices.Families;

/// <summary>SolaX hybrids of generation 3 and later: texts in holding registers 0 to 20, the battery in input registers, low word first.</summary>
public static class SolaX
{
    public static IReadOnlyList<DeviceImage> All { get; } =
    [
        DeviceImage.OfFamily("solax", "solax", "X1-Hybrid G4, 5000 W, 11520 Wh, which the battery charges with 25 A and discharges with 30 A at 230.4 V",
            () => Hybrid("H4502AI1234567", "X1-Hybrid-G4", ratedW: 5000, capacityWh: 11_520)),
        DeviceImage.OfFamily("solax-two-stacks", "solax", "X3-Hybrid G4, 15000 W, 92160 Wh: more than fits one register",
            () => Hybrid("H34T15H1234567", "X3-Hybrid-G4", ratedW: 15_000, capacityWh: 92_160)),
        DeviceImage.OfFamily("solax-no-battery", "solax", "a hybrid to which no battery management answers: its registers read 0",
            () => Hybrid("H4502AI7654321", "X1-Hybrid-G4", ratedW: 5000, capacityWh: 0)),
    ];

    /// <summary>Generation 2 has the texts at the same place and other scales behind them: nothing of it may be believed.</summary>
    public static DeviceTables GenerationTwo() => Hybrid("U50EC123456789", "X1-Hybrid", ratedW: 5000, capacityWh: 8512);

    private static DeviceTables Hybrid(string serial, string model, int ratedW, int capacityWh)
    {
        DeviceTables device = new();
        device.Holding(1).Fill(0, 256).Text(0x00, 7, serial).Text(0x07, 7, "solax").Text(0x0E, 7, model)
            .U16(0x8B, 0).U16(0x90, 300).U16(0x91, 300).U16(0xBA, ratedW);
        var input = device.Input(1).Fill(0, 256).U16(0x00, 2401).S16(0x02, 1200).U16(0x09, 2).U16(0x0A, 1850).U16(0x0B, 1790)
            .U32LowFirst(0x46, 120).U32LowFirst(0x48, 912_345).U32LowFirst(0x4A, 123_456);
        if (capacityWh == 0) return device;
        input.S16(0x14, 2304).S16(0x15, 52).S16(0x16, 1198).U16(0x1C, 62).U32LowFirst(0x1D, 31_234).U32LowFirst(0x21, 35_123)
            .U16(0x23, 1).U16(0x24, 250).U16(0x25, 300).U32LowFirst(0x26, capacityWh);
        return device;
    }
}
