using System.Text;
using Flip.Edge.Simulator.Devices;
using static Flip.Edge.Simulator.Tests.Devices.MapReading;

namespace Flip.Edge.Simulator.Tests.Devices;

/// <summary>Addresses and words are literals from the SunSpec documents: model start + the document's offset from the ID register.</summary>
public class HybridImageTests
{
    [Fact]
    public void The_hybrid_begins_with_the_marker_at_40000_and_a_common_model_of_66_registers()
    {
        var map = Map("hybrid");
        Assert.Equal([0x5375, 0x6E53, 1, 66], Words(map, 40000, 4));
    }

    [Fact]
    public void The_hybrid_has_the_models_of_the_read_time_bar_at_the_addresses_that_their_lengths_give()
    {
        var map = Map("hybrid");
        Assert.Equal(
            [(1, 40002), (103, 40070), (120, 40122), (121, 40150), (122, 40182), (123, 40228), (124, 40254), (802, 40280)],
            Walk(map, 40000));
        Assert.Equal([0xFFFF, 0], Words(map, 40344, 2));
        Assert.Equal(346, map.Count);
    }

    [Fact]
    public void The_hybrid_names_its_maker_model_version_and_serial()
    {
        var map = Map("hybrid");
        Assert.Equal("DeviceMaker", Text(map, 40004, 16));
        Assert.Equal("Model 1", Text(map, 40020, 16));
        Assert.Equal("1.2.3", Text(map, 40044, 8));
        Assert.Equal("123456789", Text(map, 40052, 16));
        Assert.Equal([0x4465, 0x7669], Words(map, 40004, 2));
    }

    [Fact]
    public void The_battery_of_the_hybrid_is_rated_15000_Wh_with_a_scale_factor_of_its_own()
    {
        var map = Map("hybrid");
        Assert.Equal(1500, map[40283]);
        Assert.Equal(1, map[40280 + 53]);
    }

    [Fact]
    public void The_battery_of_the_hybrid_charges_with_6000_W_and_discharges_with_7500_W()
    {
        var map = Map("hybrid");
        Assert.Equal([600, 750], Words(map, 40284, 2));
        Assert.Equal(1, map[40280 + 54]);
        Assert.Equal(625, map[40280 + 11]);
        Assert.Equal(0xFFFF, map[40280 + 56]); // -1
    }

    [Fact]
    public void The_nameplate_model_of_the_hybrid_says_PV_with_storage_7600_W_and_no_capacity()
    {
        var map = Map("hybrid");
        Assert.Equal([82, 760, 1], Words(map, 40124, 3));
        Assert.Equal([0xFFFF, 0x8000], Words(map, 40122 + 19, 2));
        Assert.Equal([600, 1, 750, 1, 0x8000], Words(map, 40122 + 23, 5));
    }

    [Fact]
    public void The_storage_settings_of_the_hybrid_say_6000_W()
    {
        var map = Map("hybrid");
        Assert.Equal(600, map[40256]);
        Assert.Equal(1, map[40254 + 18]);
    }

    [Fact]
    public void What_the_hybrid_leaves_out_holds_the_sentinel_of_its_type()
    {
        var map = Map("hybrid");
        Assert.Equal(0xFFFF, map[40280 + 37]); // 802 CellVMax, uint16
        Assert.Equal([0xFFFF, 0xFFFF], Words(map, 40280 + 24, 2)); // 802 WarrDt, uint32
        Assert.Equal(0x8000, map[40280 + 49]); // 802 ReqW, int16
        Assert.Equal(0x8000, map[40280 + 57]); // 802 DoD_SF, sunssf
        Assert.Equal([0, 0, 0, 0], Words(map, 40182 + 9, 4)); // 122 ActVAh, acc64
        Assert.Equal(0x8000, map[40002 + 67]); // 1 Pad
    }

    [Fact]
    public void The_wide_numbers_of_the_hybrid_have_their_high_word_first()
    {
        var map = Map("hybrid");
        Assert.Equal([0x00BC, 0x614E, 0], Words(map, 40070 + 24, 3)); // 103 WH 12345678, WH_SF 0
        Assert.Equal([0, 0, 0x00BC, 0x614E], Words(map, 40182 + 5, 4)); // 122 ActWh
        Assert.Equal(0xFFEB, map[40070 + 20]); // 103 VAr -21
    }

    [Fact]
    public void The_other_hybrid_tells_its_ratings_in_the_700_models()
    {
        var map = Map("hybrid-7xx");
        Assert.Equal([(1, 40002), (701, 40070), (702, 40225), (713, 40277)], Walk(map, 40000));
        Assert.Equal("987654321", Text(map, 40052, 16));
        Assert.Equal([500, 500], Words(map, 40225 + 10, 2)); // WChaRteMaxRtg, WDisChaRteMaxRtg
        Assert.Equal(1, map[40225 + 45]); // W_SF
        Assert.Equal(1000, map[40279]); // 713 WHRtg
        Assert.Equal(1, map[40277 + 7]);
        Assert.Equal([0xFFFF, 0], Words(map, 40286, 2));
    }

    private static ushort[] Words(DeviceRegisters map, int address, int count) =>
        [.. Enumerable.Range(address, count).Select(at => map[(ushort)at])];

    private static string Text(DeviceRegisters map, ushort address, int registers) =>
        Encoding.ASCII.GetString(Bytes(map, address, registers)).TrimEnd('\0');
}
