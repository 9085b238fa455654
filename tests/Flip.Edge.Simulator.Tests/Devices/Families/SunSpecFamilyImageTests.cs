using System.Text;
using Flip.Edge.Simulator.Devices;
using static Flip.Edge.Simulator.Tests.Devices.MapReading;

namespace Flip.Edge.Simulator.Tests.Devices.Families;

/// <summary>Whether the simulated families stand where the people who read real ones found them.</summary>
public class SunSpecFamilyImageTests
{
    // github.com/mtnears/FranklinWH-Automation docs/MODBUS_REGISTER_MAP.md: addresses of the first data register of each model.
    [Theory]
    [InlineData(701, 72)]
    [InlineData(702, 227)]
    [InlineData(703, 279)]
    [InlineData(713, 1035)]
    [InlineData(502, 1098)]
    public void The_models_of_FranklinWH_stand_where_they_were_found(ushort model, int data) =>
        Assert.Equal(data, AddressOf(Holding("franklinwh", 1), 0, model) + 2);

    // The capture in github.com/adamcharnock/mate3 (chinezbrun/modbus.json) ends with 0xFFFF at 41276.
    [Fact]
    public void The_chain_of_OutBack_ends_where_the_capture_does()
    {
        var map = Holding("outback", 1);
        Assert.Equal(0xFFFF, map[41276]);
        Assert.Equal(41277, map.Addresses.Last());
        Assert.Equal([1, 64110, 64120, 101, 64255, 64117, 64116, 64117, 64116, 64111, 64112, 64111, 64112, 64118, 64119],
            Walk(map, 40000).Select(model => (int)model.Id));
    }

    // A GEN24 10.0 with firmware 1.41 was seen with this chain.
    [Theory]
    [InlineData("fronius-gen24", 103, 40121)]
    [InlineData("fronius-gen24-float", 113, 40131)]
    public void A_GEN24_shifts_all_behind_its_inverter_model_by_ten_registers_with_floats(string image, int inverter, int nameplate)
    {
        var map = Holding(image, 1);
        Assert.Equal([1, inverter, 120, 121, 122, 123, 160, 124], Walk(map, 40000).Select(model => (int)model.Id));
        Assert.Equal(nameplate, AddressOf(map, 40000, 120));
    }

    [Fact]
    public void A_battery_of_SolarEdge_tells_its_energy_at_0xE142_with_the_low_word_first()
    {
        var map = Holding("solaredge", 1);
        Assert.Equal(9700f, BitConverter.UInt32BitsToSingle(((uint)map[0xE143] << 16) | map[0xE142]));
        Assert.Equal("SolarEdge", Encoding.Latin1.GetString(Bytes(map, 0xE100, 16)).TrimEnd('\0'));
        Assert.True(DeviceImages.Find("solaredge")!.CreateTables().IsSilentOutside);
        Assert.Equal(65, map[40003]);
    }

    [Fact]
    public void The_directory_of_a_PWRcell_lists_the_battery_at_unit_9()
    {
        var map = Holding("generac-pwrcell", 1);
        var directory = AddressOf(map, 40000, 64200);
        Assert.Equal(8 + (32 * 8), map[(ushort)(directory + 1)]);
        Assert.Equal(8, map[(ushort)(directory + 3)]);
        // The last of eight entries: device type 8 is a battery.
        var entry = directory + 10 + (7 * 32);
        Assert.Equal((8, 9), (map[(ushort)(entry + 1)], map[(ushort)(entry + 4)]));
    }

    private static DeviceRegisters Holding(string image, byte unit) => DeviceImages.Find(image)!.CreateTables().Holding(unit);
}
