using Flip.Edge.Devices;
using Flip.Edge.Modbus;
using Flip.Edge.Pitfalls.Support;

namespace Flip.Edge.Pitfalls.P36_AnotherDevice;

/// <summary>
/// EV chargers and meters answer on the same bus: none of them is taken for a battery. https://github.com/0xAHA/Growatt_ModbusTCP/issues/424,
/// https://github.com/WillCodeForCats/solaredge-modbus-multi/issues/637
/// </summary>
public sealed class AnotherSunSpecUnitTests
{
    [Fact]
    public async Task An_EV_charger_on_the_bus_is_no_SunSpec_device_and_the_inverter_beside_it_is_read()
    {
        IRegisterBank bus = HostileSunSpec.Device("ev-charger-beside");

        HostileSunSpec.AssertHybrid(await HostileSunSpec.ReadAsync(bus, unit: 1));
        DeviceNotReadableException refused = await Assert.ThrowsAsync<DeviceNotReadableException>(() => HostileSunSpec.ReadAsync(bus, unit: 2));
        Assert.Contains("unit 2 answers, but is no SunSpec device", refused.Message, StringComparison.Ordinal);
    }
}
