namespace Flip.Edge.Simulator.Devices.Families;

/// <summary>Sigenergy: an inverter at a unit id of its own, and unit 247 for the whole plant. Input registers, high word first.</summary>
public static class Sigenergy
{
    private const byte PlantUnit = 247;

    public static IReadOnlyList<DeviceImage> All { get; } =
    [
        DeviceImage.OfFamily("sigenergy", "sigenergy", "SigenStor EC 12.0 TP with 16 kWh; inverter and plant agree",
            () => Plant(new DeviceTables(), 16_120, 8_800, 9_600).Inverter(1)),
        DeviceImage.OfFamily("sigenergy-inverter-on-2", "sigenergy", "An AC charger has unit 1: the inverter is 2",
            () => Plant(ChargerOn1(), 16_120, 8_800, 9_600).Inverter(2)),
        DeviceImage.OfFamily("sigenergy-two-inverters", "sigenergy", "The plant is two inverters and twice the battery: a person decides",
            () => Plant(new DeviceTables(), 32_240, 17_600, 19_200).Inverter(1).Inverter(2)),
        DeviceImage.OfFamily("sigenergy-no-plant", "sigenergy", "Unit 247 does not answer: the inverter is read alone",
            () => new DeviceTables().Inverter(1)),
        DeviceImage.OfFamily("sigenergy-pv-only", "sigenergy", "Sigen PV without a battery: its battery registers are all ones, the plant's too",
            () => Plant(new DeviceTables(), null, null, null).Inverter(1, null)),
    ];

    // One register for every number of the maker's list from 30500 to 30579, so that a reader may pass over those it doesn't want.
    private static DeviceTables Inverter(this DeviceTables tables, byte unit, string? battery = "16 kWh")
    {
        var input = tables.Input(unit).Fill(30500, 80)
            .Text(30500, 15, battery is null ? "Sigen PV 12.0 M1-TP" : "SigenStor EC 12.0 TP")
            .Text(30515, 10, unit == 1 ? "CMU123A45BP678" : "CMU123A45BP679")
            .Text(30525, 15, "V100R001C00SPC108B088F")
            .U32HighFirst(30540, 12_000)
            .U32HighFirst(30542, 13_200)
            .U32HighFirst(30544, 13_200)
            .U32HighFirst(30546, 12_000);
        if (battery is null)
        {
            input.Fill(30548, 6, 0xFFFF);
        }
        else
        {
            input.U32HighFirst(30548, 1_612)
                .U32HighFirst(30550, 8_800)
                .U32HighFirst(30552, 9_600)
                .U64HighFirst(30568, 412_345)
                .U64HighFirst(30574, 398_765)
                .U16(30578, 1);
        }

        return tables;
    }

    private static DeviceTables Plant(DeviceTables tables, int? capacityWh, int? chargeW, int? dischargeW)
    {
        const long none = 0xFFFFFFFF;
        tables.Input(PlantUnit).Fill(30000, 100)
            .U16(30003, 0)
            .U16(30014, 755)
            .U32HighFirst(30068, chargeW ?? none)
            .U32HighFirst(30070, dischargeW ?? none)
            .U32HighFirst(30083, capacityWh / 10 ?? none);
        return tables;
    }

    // The maker's charger has its own input registers from 32000 on, and nothing at 30500.
    private static DeviceTables ChargerOn1()
    {
        DeviceTables tables = new();
        tables.Input(1).Fill(32000, 15);
        return tables;
    }
}
