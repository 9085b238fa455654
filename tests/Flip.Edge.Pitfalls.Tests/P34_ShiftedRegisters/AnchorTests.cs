using Flip.Edge.Devices;
using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Modbus;
using Flip.Edge.Pitfalls.Support;

namespace Flip.Edge.Pitfalls.P34_ShiftedRegisters;

/// <summary>
/// A map of the maker's own, shifted by one register: it is read where its anchor is, if that is known to happen, and otherwise not at
/// all. https://github.com/TheRealMoeder/Energy2Shelly_ESP/issues/47, https://github.com/wills106/homeassistant-solax-modbus/issues/88
/// </summary>
public sealed class AnchorTests
{
    [Fact]
    public async Task A_family_that_is_known_to_be_shifted_is_read_where_its_anchor_holds()
    {
        Nameplate straight = await HostileFamily.ReadAsync(HostileFamily.Device("sma"), "sma", 3);
        Nameplate shifted = await HostileFamily.ReadAsync(HostileFamily.Device("sma-shifted"), "sma", 3);

        Assert.True(straight.CapacityWh.IsPresent);
        Assert.Equal(straight.CapacityWh.Value, shifted.CapacityWh.Value);
        Assert.Equal(straight.MaxChargeW.Value, shifted.MaxChargeW.Value);
    }

    [Theory]
    [InlineData("sungrow-sh", "sungrow-sh", 1)]
    [InlineData("deye-single-phase", "deye-single-phase", 1)]
    [InlineData("huawei-sun2000", "huawei-sun2000", 1)]
    [InlineData("solax", "solax", 1)]
    public async Task A_family_that_is_not_is_refused_and_nothing_of_it_is_believed(string image, string profile, byte unit)
    {
        Exception refused = await Assert.ThrowsAnyAsync<Exception>(() => HostileFamily.ReadAsync(HostileFamily.Device(image, "data-one-up"), profile, unit));

        Assert.True(refused is DeviceNotReadableException or ModbusDeviceException, refused.ToString());
    }
}
