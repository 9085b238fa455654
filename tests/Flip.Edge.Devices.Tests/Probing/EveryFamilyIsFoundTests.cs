using Flip.Edge.Devices.Probing;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.Simulator.Devices.Families;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Devices.Tests.Probing;

/// <summary>Each simulated device of a family is found with nothing but a host name or a serial port, at its own unit, and by its own profile.</summary>
public sealed class EveryFamilyIsFoundTests
{
    /// <summary>What is of a family's maker, and no battery.</summary>
    private static readonly string[] NotRecognised = ["deye-single-phase-string", "eg4-luxpower-gridboss"];

    public static TheoryData<string> Images =>
        [.. FamilyImages.All.Where(image => image.Profile is not null && !NotRecognised.Contains(image.Name)).Select(image => image.Name)];

    public static TheoryData<string> Others => [.. NotRecognised];

    [Theory]
    [MemberData(nameof(Images))]
    public async Task By_its_own_profile(string name)
    {
        DeviceImage image = DeviceImages.Find(name)!;
        DeviceProfile profile = ProfileCatalog.Embedded.Find(image.Profile!) ?? throw new InvalidOperationException($"there is no profile {image.Profile}");
        (string bus, string endpoint) = Place(profile);

        IdentifiedDevice found = await FindAsync(image, bus, endpoint);

        Assert.Equal((profile.Name, bus), (found.Profile.Name, found.Endpoint.Bus));
        Assert.Contains(found.Unit, profile.Units[DeviceProfile.MainUnit]);
        Assert.NotEmpty(found.Why);
    }

    [Theory]
    [MemberData(nameof(Others))]
    public async Task What_is_no_battery_is_not_taken_for_one(string name)
    {
        DeviceImage image = DeviceImages.Find(name)!;
        (string bus, string endpoint) = Place(ProfileCatalog.Embedded.Find(image.Profile!)!);
        await Assert.ThrowsAsync<DeviceNotReadableException>(() => FindAsync(image, bus, endpoint));
    }

    private static Task<IdentifiedDevice> FindAsync(DeviceImage image, string bus, string endpoint)
    {
        DeviceWire wire = bus.StartsWith("rtu:", StringComparison.Ordinal) ? DeviceWire.Rtu : DeviceWire.Tcp;
        Neighbourhood world = new Neighbourhood().With(bus, new SimulatedDevice(image.CreateTables(), wire));
        return new DeviceProbe(ProfileCatalog.Embedded, world.Connect, new FakeTimeProvider()).FindAsync(
            ModbusEndpoint.Parse(endpoint), DeviceProbe.Auto, new(), ProbeScope.Person, null, TestContext.Current.CancellationToken);
    }

    private static (string Bus, string Endpoint) Place(DeviceProfile profile) =>
        profile.Transport.TcpPorts.Count > 0 ? ($"tcp://h:{profile.Transport.TcpPorts[0]}", "tcp://h")
        : profile.Transport.RtuOverTcpPorts.Count > 0 ? ($"rtu+tcp://h:{profile.Transport.RtuOverTcpPorts[0]}", "tcp://h")
        : ("rtu:///dev/ttyUSB0", "rtu:///dev/ttyUSB0");
}
