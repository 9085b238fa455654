using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Pitfalls.Support;

namespace Flip.Edge.Pitfalls.P22_Sentinels;

/// <summary>
/// 0xFFFF, 0x8000 and NaN leak out as 65,535 kW or as 0. https://github.com/kellerza/sunsynk/issues/398,
/// https://github.com/openhab/openhab-addons/issues/19057
/// </summary>
public sealed class SunSpecSentinelTests
{
    [Theory]
    [InlineData("hybrid")]
    [InlineData("hybrid-7xx")]
    [InlineData("two-batteries")]
    public async Task The_sentinel_of_unsigned_numbers_is_not_implemented(string image)
    {
        Nameplate nameplate = await HostileSunSpec.ReadAsync("ratings-ffff", image);

        Assert.Equal(FieldState.NotImplemented, nameplate.CapacityWh.State);
        Assert.Equal(FieldState.NotImplemented, nameplate.MaxDischargeW.State);
        Assert.All(nameplate.CapacityWh.Raw.Take(1), word => Assert.Equal(0xFFFF, word));
        Assert.StartsWith("the device does not implement SunSpec ", nameplate.CapacityWh.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hybrid")]
    [InlineData("hybrid-7xx")]
    [InlineData("two-batteries")]
    public async Task The_sentinel_of_signed_numbers_is_no_32768(string image)
    {
        Nameplate nameplate = await HostileSunSpec.ReadAsync("ratings-8000", image);

        HostileSunSpec.AssertInvalid(nameplate.CapacityWh, "0x8000");
        HostileSunSpec.AssertInvalid(nameplate.MaxChargeW, "0x8000");
        HostileSunSpec.AssertInvalid(nameplate.MaxDischargeW, "0x8000");
    }
}
