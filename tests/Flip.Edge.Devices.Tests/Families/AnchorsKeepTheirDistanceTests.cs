using Flip.Edge.Devices.Profiles;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.Simulator.Devices.Families;

namespace Flip.Edge.Devices.Tests.Families;

public sealed class AnchorsKeepTheirDistanceTests
{
    // The old registers of a Growatt stay where they were when the new ones come: the profile that is tried first counts.
    private static readonly (string Profile, string Other)[] OneDeviceTwoMaps = [("growatt-legacy", "growatt-vpp")];

    public static TheoryData<string> Profiles =>
    [
        "growatt-vpp", "growatt-legacy", "growatt-spf", "solax", "huawei-sun2000", "solis", "sofar-g3", "sofar-es", "alphaess", "foxess-h1",
        "foxess-h3", "foxess-g2", "saj", "byd-bmu",
    ];

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task An_anchor_holds_for_the_devices_of_its_family_and_for_no_other(string profile)
    {
        List<string> wrong = [];
        foreach (DeviceImage image in FamilyImages.All.Where(image => image.Profile is not null))
        {
            PlayedDevice device = PlayedDevice.Of(image.Name, profile);
            AnchorVerdict verdict = await device.CheckAsync();
            if (OneDeviceTwoMaps.Contains((profile, image.Profile!))) continue;
            if (verdict.Holds != (image.Profile == profile)) wrong.Add($"{image.Name}: {verdict.Sentence}");
        }

        Assert.Empty(wrong);
    }
}
