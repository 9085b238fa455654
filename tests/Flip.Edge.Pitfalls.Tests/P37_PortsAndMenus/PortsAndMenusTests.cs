using Flip.Edge.Devices.Probing;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Pitfalls.Support;

namespace Flip.Edge.Pitfalls.P37_PortsAndMenus;

/// <summary>
/// Modbus is off from the factory, or at port 1502: both ports are tried, and where none listens the menu that switches it on is named.
/// https://github.com/nmakel/solaredge_modbus/issues/44, https://github.com/nmakel/solaredge_modbus/issues/47,
/// https://github.com/TCzerny/ha-modbus-manager/issues/67
/// </summary>
public sealed class PortsAndMenusTests
{
    [Fact]
    public async Task A_device_at_port_1502_is_found()
    {
        IdentifiedDevice found = await HostileFamily.FindAsync("tcp://h", ("tcp://h:1502", HostileFamily.Device("solaredge")));

        Assert.Equal(("tcp://h:1502", "solaredge"), (found.Endpoint.Bus, found.Profile.Name));
    }

    [Fact]
    public async Task Where_nothing_listens_the_menu_is_named()
    {
        DeviceNotFoundException none = await Assert.ThrowsAsync<DeviceNotFoundException>(() => HostileFamily.FindAsync("tcp://h"));

        Assert.Contains("tcp://h:502", none.Message, StringComparison.Ordinal);
        Assert.Contains("1502", none.Message, StringComparison.Ordinal);
        Assert.Contains("menu", none.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_family_that_has_to_be_switched_on_says_where()
    {
        foreach (string name in (string[])["solaredge", "kostal-plenticore", "huawei-sun2000", "sma", "fronius-gen24"])
        {
            Assert.False(string.IsNullOrWhiteSpace(ProfileCatalog.Embedded.Find(name)!.Transport.Enable), name);
        }
    }
}
