using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Simulator.Devices;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Devices.Tests.Families;

/// <summary>Reads the simulated devices of families with their built-in profiles.</summary>
internal static class FamilyDevice
{
    /// <summary>The nameplate as the image's own profile reads it.</summary>
    public static async Task<Nameplate> ReadAsync(string image)
    {
        DeviceImage found = Find(image);
        DeviceProfile profile = Profile(found.Profile ?? throw new ArgumentException($"the image {image} has no profile", nameof(image)));
        await using BankClient client = new(new SimulatedDevice(found.CreateTables(), DeviceWire.Tcp));
        NameplateReader reader = new(new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromMilliseconds(10) });
        return (await reader.ReadAsync(client, profile.Units[DeviceProfile.MainUnit][0], profile, TestContext.Current.CancellationToken)).Nameplate;
    }

    /// <summary>Whether a device passes the anchor of a profile.</summary>
    public static async Task<bool> PassesAsync(string image, string profile)
    {
        SimulatedDevice device = new(Find(image).CreateTables(), DeviceWire.Tcp);
        await using BankClient client = new(device);
        ProfileAnchor anchor = new(new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromMilliseconds(10) });
        AnchorVerdict verdict = await anchor.CheckAsync(new(client), device.Units[0], Profile(profile), TestContext.Current.CancellationToken);
        return verdict.Holds;
    }

    private static DeviceImage Find(string image) => DeviceImages.Find(image) ?? throw new ArgumentException($"no image {image}", nameof(image));

    private static DeviceProfile Profile(string name) =>
        ProfileCatalog.Embedded.Find(name) ?? throw new ArgumentException($"no profile {name}", nameof(name));
}
