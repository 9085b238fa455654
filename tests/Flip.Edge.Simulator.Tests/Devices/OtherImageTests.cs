using Flip.Edge.Simulator.Devices;
using static Flip.Edge.Simulator.Tests.Devices.MapReading;

namespace Flip.Edge.Simulator.Tests.Devices;

public class OtherImageTests
{
    [Fact]
    public void Every_image_has_its_own_name_and_a_description()
    {
        Assert.Equal(DeviceImages.All.Count, DeviceImages.All.Select(image => image.Name).Distinct().Count());
        Assert.All(DeviceImages.All, image => Assert.NotEmpty(image.Description));
        Assert.NotNull(DeviceImages.Find(DeviceImages.Default));
        Assert.Null(DeviceImages.Find("no-such-image"));
    }

    [Theory]
    [InlineData("hybrid", 40000)]
    [InlineData("hybrid-7xx", 40000)]
    [InlineData("two-batteries", 40000)]
    [InlineData("inverter-limits", 40000)]
    [InlineData("pv-only", 40000)]
    [InlineData("l65", 40000)]
    [InlineData("base-0", 0)]
    [InlineData("base-50000", 50000)]
    [InlineData("conflict", 40000)]
    [InlineData("zero-capacity", 40000)]
    [InlineData("sentinels", 40000)]
    [InlineData("garbage-strings", 40000)]
    public void The_chain_of_models_ends_with_the_end_model_and_the_registers_end_there(string image, int baseAddress)
    {
        var map = Map(image);
        var (id, address) = Walk(map, (ushort)baseAddress)[^1];
        var end = (ushort)(address + 2 + map[(ushort)(address + 1)]);
        Assert.NotEqual(0, id);
        Assert.Equal([0xFFFF, 0], new[] { map[end], map[(ushort)(end + 1)] });
        Assert.Equal(end + 1, map.Addresses.Last());
        Assert.Equal([0x5375, 0x6E53], new[] { map[(ushort)baseAddress], map[(ushort)(baseAddress + 1)] });
    }

    [Fact]
    public void The_map_without_an_end_marker_just_stops_after_its_last_model()
    {
        var map = Map("no-end-marker");
        Assert.Equal(802, Walk(map, 40000)[^1].Id);
        Assert.Equal(40343, map.Addresses.Last());
    }

    [Fact]
    public void The_short_common_model_moves_the_others_by_one_register()
    {
        var map = Map("l65");
        Assert.Equal(65, map[40003]);
        Assert.Equal((103, 40069), Walk(map, 40000)[1]);
        Assert.Equal(1500, map[40282]);
    }

    [Fact]
    public void The_device_that_is_not_sunspec_has_registers_but_no_marker_at_any_base_address()
    {
        var map = Map("not-sunspec");
        foreach (var at in new ushort[] { 0, 1, 40000, 40001, 50000, 50001 }) Assert.NotEqual(0x5375, map[at]);
    }

    [Fact]
    public void Two_batteries_are_two_models_whose_ratings_sum_up_to_the_hybrids()
    {
        var map = Map("two-batteries");
        ushort[] batteries = [.. Walk(map, 40000).Where(found => found.Id == 802).Select(found => found.Address)];
        Assert.Equal(2, batteries.Length);
        Assert.Equal(1500, batteries.Sum(at => map[(ushort)(at + 3)]));
        Assert.Equal(600, batteries.Sum(at => map[(ushort)(at + 4)]));
        Assert.Equal(750, batteries.Sum(at => map[(ushort)(at + 5)]));
        Assert.All(batteries, at => Assert.Equal([1, 1], new[] { map[(ushort)(at + 53)], map[(ushort)(at + 54)] }));
    }

    [Fact]
    public void The_limiting_inverter_is_rated_below_its_battery_and_says_nothing_of_charging()
    {
        var map = Map("inverter-limits");
        var (nameplate, battery) = (AddressOf(map, 40000, 120), AddressOf(map, 40000, 802));
        Assert.Equal(500, map[(ushort)(nameplate + 3)]);
        Assert.Equal([0xFFFF, 0xFFFF], new[] { map[(ushort)(nameplate + 23)], map[(ushort)(nameplate + 25)] });
        Assert.Equal([1000, 1000], new[] { map[(ushort)(battery + 4)], map[(ushort)(battery + 5)] });
    }

    [Fact]
    public void The_conflict_is_15000_Wh_in_713_against_10000_Wh_in_802()
    {
        var map = Map("conflict");
        Assert.Equal(1500, map[(ushort)(AddressOf(map, 40000, 713) + 2)]);
        Assert.Equal(1000, map[(ushort)(AddressOf(map, 40000, 802) + 3)]);
    }

    [Fact]
    public void The_zero_capacity_is_a_zero_and_no_sentinel()
    {
        var map = Map("zero-capacity");
        Assert.Equal(0, map[(ushort)(AddressOf(map, 40000, 802) + 3)]);
        Assert.Equal(0xFFFF, map[(ushort)(AddressOf(map, 40000, 120) + 19)]);
    }

    [Theory]
    [InlineData(120, 3)]
    [InlineData(120, 19)]
    [InlineData(120, 23)]
    [InlineData(121, 2)]
    [InlineData(124, 2)]
    [InlineData(702, 10)]
    [InlineData(713, 2)]
    [InlineData(802, 3)]
    [InlineData(802, 4)]
    public void Where_nothing_is_implemented_every_rating_is_FFFF(int model, int offset)
    {
        var map = Map("sentinels");
        Assert.Equal(0xFFFF, map[(ushort)(AddressOf(map, 40000, (ushort)model) + offset)]);
        Assert.Equal(new byte[16], Bytes(map, 40044, 8)); // common Vr
    }

    [Fact]
    public void Garbage_strings_carry_NULs_control_characters_and_bytes_above_127()
    {
        var bytes = Bytes(Map("garbage-strings"), 40004, 64);
        Assert.Equal("DeviceMaker\0left"u8, bytes.AsSpan(0, 16));
        Assert.Contains((byte)0x1B, bytes);
        Assert.Contains((byte)0xFF, bytes);
    }

    [Fact]
    public void An_inverter_without_storage_has_no_storage_model()
    {
        var models = Walk(Map("pv-only"), 40000).Select(found => found.Id);
        Assert.Equal([1, 103, 120, 121, 122, 123], models);
    }
}
