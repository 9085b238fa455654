using Flip.Edge.Devices;
using Flip.Edge.Pitfalls.Support;

namespace Flip.Edge.Pitfalls.P18_WordOrder;

/// <summary>
/// Byte and word order are a setting on some devices, and the register that tells it may lie. SunSpec has one order only, and its marker
/// shows another at once. https://github.com/evcc-io/evcc/issues/15324, https://github.com/openWB/core/pull/3858,
/// https://github.com/victronenergy/dbus-modbus-client/pull/12
/// </summary>
public sealed class SunSpecByteOrderTests
{
    [Theory]
    [InlineData("bytes-swapped")]
    [InlineData("words-swapped")]
    public async Task A_map_in_another_order_is_no_SunSpec_map(string behaviour)
    {
        DeviceNotReadableException refused = await Assert.ThrowsAsync<DeviceNotReadableException>(() => HostileSunSpec.ReadAsync(behaviour));

        Assert.Contains("the marker \"SunS\" is not at", refused.Message, StringComparison.Ordinal);
    }
}
