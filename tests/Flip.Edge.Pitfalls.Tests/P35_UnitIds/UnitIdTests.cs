using Flip.Edge.Devices.Probing;
using Flip.Edge.Pitfalls.Support;

namespace Flip.Edge.Pitfalls.P35_UnitIds;

/// <summary>
/// Unit ids that no manual agrees on: a short list of likely ones is asked, and which one answered is told.
/// https://github.com/CJNE/ha-sunspec/issues/135, https://github.com/WillCodeForCats/solaredge-modbus-multi/issues/514,
/// https://github.com/0xAHA/Growatt_ModbusTCP/issues/414
/// </summary>
public sealed class UnitIdTests
{
    [Theory]
    [InlineData("sma", 3, "sma")]
    [InlineData("kostal-plenticore", 71, "kostal-plenticore")]
    [InlineData("huawei-sun2000-unit-0", 0, "huawei-sun2000")]
    public async Task A_device_is_found_at_the_unit_id_of_its_family(string image, byte unit, string profile)
    {
        IdentifiedDevice found = await HostileFamily.FindAsync("tcp://h", ("tcp://h:502", HostileFamily.Device(image)));

        Assert.Equal((unit, profile), (found.Unit, found.Profile.Name));
        Assert.NotEmpty(found.Why);
    }
}
