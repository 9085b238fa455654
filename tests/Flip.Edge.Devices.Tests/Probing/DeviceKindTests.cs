using Flip.Edge.Devices.Probing;

namespace Flip.Edge.Devices.Tests.Probing;

/// <summary>A meter or a charger must not be offered as a battery (solaredge-modbus-multi#637).</summary>
public sealed class DeviceKindTests
{
    [Theory]
    [InlineData("1 103 120 121 122 123 124 802", DeviceKind.Battery)]
    [InlineData("1 701 702 713", DeviceKind.Battery)]
    [InlineData("1 103 120 160", DeviceKind.Inverter)]
    [InlineData("1 113", DeviceKind.Inverter)]
    [InlineData("1 203", DeviceKind.Meter)]
    [InlineData("1 213", DeviceKind.Meter)]
    [InlineData("1 64411", DeviceKind.Other)]
    [InlineData("1 307", DeviceKind.Other)]
    [InlineData("", DeviceKind.Unknown)]
    public void A_device_is_told_by_its_SunSpec_models(string models, DeviceKind expected) =>
        Assert.Equal(expected, DeviceKinds.Of([.. models.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(ushort.Parse)]));
}
