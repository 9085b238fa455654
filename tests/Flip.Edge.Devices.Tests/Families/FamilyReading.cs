using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.Simulator.Devices.Families;

namespace Flip.Edge.Devices.Tests.Families;

/// <summary>Reads the simulated devices of families with the profiles that are built in.</summary>
internal static class FamilyReading
{
    public static DeviceImage Image(string name) =>
        FamilyImages.All.SingleOrDefault(image => image.Name == name) ?? throw new ArgumentException($"no image {name}", nameof(name));

    public static DeviceProfile Profile(string name) =>
        ProfileCatalog.Embedded.Find(name) ?? throw new ArgumentException(
            $"no profile {name}{string.Concat(ProfileCatalog.Embedded.Wrong.Where(wrong => wrong.Path.Contains(name, StringComparison.Ordinal)).SelectMany(wrong => wrong.Mistakes).Select(mistake => $"\n{mistake}"))}", nameof(name));

    /// <summary>Reads an image with a profile, by default its own.</summary>
    public static async Task<NameplateReading> ReadAsync(DeviceImage image, DeviceWire wire = DeviceWire.Tcp, string? profile = null)
    {
        DeviceProfile chosen = Profile(profile ?? image.Profile ?? "sunspec");
        SimulatedDevice device = new(image.CreateTables(), wire);
        await using BankClient client = new(device, Endpoint(wire));
        NameplateReading reading = await new NameplateReader(new HurriedTime()).ReadAsync(client, Unit(device, chosen), chosen, TestContext.Current.CancellationToken);
        return reading with { Nameplate = new NameplateOverrides().ApplyTo(reading.Nameplate) };
    }

    /// <summary>The likeliest of the profile's own unit ids that the device has.</summary>
    public static byte Unit(SimulatedDevice device, DeviceProfile profile) =>
        profile.Units.GetValueOrDefault(DeviceProfile.MainUnit, []).Cast<byte?>().FirstOrDefault(unit => device.Units.Contains(unit!.Value)) ?? device.Units[0];

    private static ModbusEndpoint Endpoint(DeviceWire wire) => wire == DeviceWire.Tcp
        ? ModbusEndpoint.Parse("tcp://192.0.2.1")
        : ModbusEndpoint.Parse("rtu:///dev/ttyTest?baud=9600");
}
