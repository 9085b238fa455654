using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Devices;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Devices.Tests.Families;

/// <summary>Reads the simulator's images of makers' families by their profiles.</summary>
internal static class SimulatedFamilies
{
    public static DeviceImage Image(string name) => DeviceImages.Find(name) ?? throw new ArgumentException($"no image {name}", nameof(name));

    public static DeviceProfile Profile(string name) => ProfileCatalog.Embedded.Find(name) ?? throw new ArgumentException($"no profile {name}", nameof(name));

    public static SimulatedDevice Device(string image, DeviceWire wire = DeviceWire.Tcp) => new(Image(image).CreateTables(), wire);

    /// <summary>The nameplate of an image, read by the profile that it belongs to.</summary>
    public static async Task<Nameplate> ReadAsync(string image, byte unit)
    {
        await using BankClient client = new(Device(image));
        return (await new NameplateReader(new FakeTimeProvider()).ReadAsync(client, unit, Profile(Image(image).Profile!), TestContext.Current.CancellationToken)).Nameplate;
    }

    /// <summary>What a profile's anchor makes of a device.</summary>
    public static async Task<AnchorVerdict> JudgeAsync(IRegisterBank device, byte unit, string profile)
    {
        await using BankClient client = new(device);
        return await new ProfileAnchor(new FakeTimeProvider()).CheckAsync(new AnchorReads(client), unit, Profile(profile), TestContext.Current.CancellationToken);
    }

    /// <summary>The notices that concern one override.</summary>
    public static IEnumerable<string> Warnings(this Nameplate nameplate, string name) =>
        nameplate.Warnings.Where(warning => warning.Override == name).Select(warning => warning.Code);
}
