using Flip.Edge.Devices;
using Flip.Edge.Devices.Probing;
using Flip.Edge.Pitfalls.Support;

namespace Flip.Edge.Pitfalls.P23_WidthByModel;

/// <summary>
/// The same register is 16 bits wide on one model and 32 on the next: the profile follows from the model that the device tells, and one
/// that was chosen wrongly is refused by its anchor. https://github.com/kellerza/sunsynk/issues/398
/// </summary>
public sealed class WidthByModelTests
{
    [Theory]
    [InlineData("deye-single-phase")]
    [InlineData("deye-three-phase-lv")]
    [InlineData("deye-three-phase-hv")]
    public async Task Each_model_is_read_by_its_own_profile(string image)
    {
        IdentifiedDevice found = await HostileFamily.FindAsync("tcp://h", ("tcp://h:502", HostileFamily.Device(image)));

        Assert.Equal(image, found.Profile.Name);
    }

    [Theory]
    [InlineData("deye-single-phase", "deye-three-phase-lv")]
    [InlineData("deye-three-phase-lv", "deye-single-phase")]
    [InlineData("deye-three-phase-hv", "deye-three-phase-lv")]
    public async Task The_profile_of_another_model_reads_nothing(string image, string profile)
    {
        DeviceNotReadableException refused = await Assert.ThrowsAsync<DeviceNotReadableException>(
            () => HostileFamily.ReadAsync(HostileFamily.Device(image), profile, 1));

        Assert.Contains($"is not what the profile {profile} describes", refused.Message, StringComparison.Ordinal);
    }
}
