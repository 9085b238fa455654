using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Pitfalls.Support;
using Flip.Edge.Simulator.Devices;

namespace Flip.Edge.Pitfalls.P29_BaseAddress;

/// <summary>
/// A map begins at 40000, 50000 or 0, where 0 is an address and not the want of one, or one register beside them.
/// https://github.com/sunspec/pysunspec/issues/11
/// </summary>
public sealed class BaseAddressTests
{
    [Theory]
    [InlineData("base-0")]
    [InlineData("base-50000")]
    public async Task A_map_at_another_standard_address_is_found(string image) =>
        HostileSunSpec.AssertHybrid(await HostileSunSpec.ReadAsync(new SimulatedDevice(DeviceImages.Find(image)!.CreateMap(), DeviceWire.Tcp)));

    [Theory]
    [InlineData("base-40001")]
    [InlineData("base-39999")]
    [InlineData("base-50001")]
    [InlineData("base-49999")]
    [InlineData("base-1")]
    public async Task A_map_beside_a_standard_address_is_found_and_noted(string behaviour)
    {
        Nameplate nameplate = await HostileSunSpec.ReadAsync(behaviour);

        HostileSunSpec.AssertHybrid(nameplate);
        Assert.Contains(nameplate.Warnings, note => note.Sentence.Contains("one register beside the standard address", StringComparison.Ordinal));
    }
}
