namespace Flip.Edge.Cloud.Tests.Contracts;

public sealed class BatteryPowerMappingTests
{
    [Theory]
    [InlineData(InputPowerIs.Charge, 6000, 7500)]
    [InlineData(InputPowerIs.Discharge, 7500, 6000)]
    public void Input_is_the_direction_of_the_setting(InputPowerIs direction, int input, int output)
    {
        BatteryAttributes attributes = BatteryPowerMapping.ToAttributes(15000, chargeW: 6000, dischargeW: 7500, direction);

        Assert.Equal((15000, input, output), (attributes.BatteryCapacityWh, attributes.BatteryPowerInputW, attributes.BatteryPowerOutputW));
    }

    [Fact]
    public void Charge_is_the_default() => Assert.Equal(InputPowerIs.Charge, default);

    [Fact]
    public void A_direction_that_is_neither_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BatteryPowerMapping.ToAttributes(1, 1, 1, (InputPowerIs)2));
}
