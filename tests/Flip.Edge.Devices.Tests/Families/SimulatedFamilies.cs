using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Devices;

namespace Flip.Edge.Devices.Tests.Families;

/// <summary>What the built-in profiles make of the simulated devices.</summary>
internal static class SimulatedFamilies
{
    public static SimulatedDevice Device(string image) => new(FamilyReading.Image(image).CreateTables(), DeviceWire.Tcp);

    /// <summary>The nameplate of an image, read by the profile that it belongs to.</summary>
    public static async Task<Nameplate> ReadAsync(string image) => (await FamilyReading.ReadAsync(FamilyReading.Image(image))).Nameplate;

    /// <summary>The same, at a unit id that is not the likeliest.</summary>
    public static async Task<Nameplate> ReadAsync(string image, byte unit)
    {
        await using BankClient client = new(Device(image));
        DeviceProfile profile = FamilyReading.Profile(FamilyReading.Image(image).Profile!);
        return (await new NameplateReader(new HurriedTime()).ReadAsync(client, unit, profile, TestContext.Current.CancellationToken)).Nameplate;
    }

    /// <summary>What a profile's anchor makes of a device.</summary>
    public static async Task<AnchorVerdict> JudgeAsync(IRegisterBank device, byte unit, string profile)
    {
        await using BankClient client = new(device);
        return await new ProfileAnchor(new HurriedTime()).CheckAsync(new AnchorReads(client), unit, FamilyReading.Profile(profile), TestContext.Current.CancellationToken);
    }

    /// <summary>The codes of the notices that concern one override.</summary>
    public static IEnumerable<string> Warnings(this Nameplate nameplate, string name) =>
        nameplate.Warnings.Where(warning => warning.Override == name).Select(warning => warning.Code);
}
