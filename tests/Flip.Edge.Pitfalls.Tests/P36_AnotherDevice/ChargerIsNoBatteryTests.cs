using Flip.Edge.Devices;
using Flip.Edge.Devices.Probing;
using Flip.Edge.Pitfalls.Support;

namespace Flip.Edge.Pitfalls.P36_AnotherDevice;

/// <summary>
/// An EV charger answers at the unit id where a battery is looked for: what answers is classified before it is offered, and no anchor
/// holds for a charger. https://github.com/0xAHA/Growatt_ModbusTCP/issues/424,
/// https://github.com/WillCodeForCats/solaredge-modbus-multi/issues/637
/// </summary>
public sealed class ChargerIsNoBatteryTests
{
    [Fact]
    public async Task An_inverter_at_another_unit_is_found_beside_a_charger_at_unit_1()
    {
        IdentifiedDevice found = await HostileFamily.FindAsync("tcp://h", ("tcp://h:502", HostileFamily.Device("kostal-plenticore", "ev-charger-beside")));

        Assert.Equal((71, "kostal-plenticore"), (found.Unit, found.Profile.Name));
    }

    [Fact]
    public async Task A_charger_alone_is_called_something_unknown()
    {
        DeviceNotReadableException unknown = await Assert.ThrowsAsync<DeviceNotReadableException>(
            () => HostileFamily.FindAsync("tcp://h:502?unit=9", ("tcp://h:502", HostileFamily.Device("kostal-plenticore", "ev-charger-beside"))));

        Assert.Contains("tcp://h:502", unknown.Message, StringComparison.Ordinal);
    }
}
