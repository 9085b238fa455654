using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Pitfalls.Support;

namespace Flip.Edge.Pitfalls.P20_RatedEnergyZero;

/// <summary>
/// The case of the thread: a SolarEdge battery whose rated energy reads 0 after an update of its firmware.
/// https://github.com/WillCodeForCats/solaredge-modbus-multi/issues/961
/// </summary>
public sealed class SolarEdgeAfterUpdateTests
{
    [Fact]
    public async Task The_capacity_is_invalid_and_not_absent_and_the_powers_stay()
    {
        Nameplate nameplate = await HostileFamily.ReadAsync(HostileFamily.Device("solaredge-zero"), "solaredge", 1);

        Assert.Equal(FieldState.Invalid, nameplate.CapacityWh.State);
        Assert.Equal(5000m, nameplate.MaxChargeW.Value);
        Assert.Equal("CapacityWh", Assert.Single(MissingField.Of(nameplate)).Override);
    }
}
