using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Simulator.Devices;

namespace Flip.Edge.Devices.Tests.Families;

/// <summary>What comes of a simulated device, by the name of its image.</summary>
internal static class FamilyDevice
{
    /// <summary>The nameplate as the image's own profile reads it.</summary>
    public static async Task<Nameplate> ReadAsync(string image) => (await FamilyReading.ReadAsync(FamilyReading.Image(image))).Nameplate;

    /// <summary>Whether a device passes the anchor of a profile.</summary>
    public static async Task<bool> PassesAsync(string image, string profile)
    {
        SimulatedDevice device = new(FamilyReading.Image(image).CreateTables(), DeviceWire.Tcp);
        await using BankClient client = new(device);
        AnchorVerdict verdict = await new ProfileAnchor(new HurriedTime()).CheckAsync(
            new(client), device.Units[0], FamilyReading.Profile(profile), TestContext.Current.CancellationToken);
        return verdict.Holds;
    }
}
