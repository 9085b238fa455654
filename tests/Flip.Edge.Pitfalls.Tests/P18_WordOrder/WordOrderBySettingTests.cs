using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Pitfalls.Support;

namespace Flip.Edge.Pitfalls.P18_WordOrder;

/// <summary>
/// The word order of a KOSTAL inverter is a setting, and the register that tells it lies until the next restart: numbers are decoded both
/// ways, and the order counts in which a known quantity is plausible. https://github.com/evcc-io/evcc/issues/15324,
/// https://github.com/openWB/core/pull/3858
/// </summary>
public sealed class WordOrderBySettingTests
{
    [Theory]
    [InlineData("kostal-plenticore")]
    [InlineData("kostal-plenticore-big-endian")]
    public async Task The_nameplate_is_the_same_in_either_order(string image)
    {
        Nameplate nameplate = await HostileFamily.ReadAsync(HostileFamily.Device(image), "kostal-plenticore", 71);

        Assert.Equal(10_240m, nameplate.CapacityWh.Value);
        Assert.Equal(5700m, nameplate.MaxChargeW.Value);
        Assert.Equal(6100m, nameplate.MaxDischargeW.Value);
    }
}
