using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Simulator.Devices;

namespace Flip.Edge.Devices.Tests.Families;

/// <summary>A simulated device, a profile that it is read with, and everything that it was asked.</summary>
internal sealed class PlayedDevice
{
    private readonly SimulatedDevice _device;

    private PlayedDevice(DeviceTables tables, string profile)
    {
        _device = new(tables, DeviceWire.Rtu);
        _device.Accessed += access => Asked.Add(access);
        Profile = FamilyReading.Profile(profile);
        Unit = FamilyReading.Unit(_device, Profile);
    }

    public DeviceProfile Profile { get; }

    public byte Unit { get; }

    /// <summary>Every request in order.</summary>
    public IList<DeviceAccess> Asked { get; } = new List<DeviceAccess>();

    /// <summary>A device of the simulator's families, with its own profile or another.</summary>
    public static PlayedDevice Of(string image, string? profile = null) =>
        Of(FamilyReading.Image(image).CreateTables(), profile ?? FamilyReading.Image(image).Profile!);

    /// <summary>A device that is in no list.</summary>
    public static PlayedDevice Of(DeviceTables tables, string profile) => new(tables, profile);

    public static async Task<Nameplate> ReadAsync(string image) => await Of(image).ReadAsync();

    public async Task<Nameplate> ReadAsync()
    {
        await using BankClient client = new(_device);
        return (await new NameplateReader(new HurriedTime()).ReadAsync(client, Unit, Profile, TestContext.Current.CancellationToken)).Nameplate;
    }

    public async Task<AnchorVerdict> CheckAsync()
    {
        await using BankClient client = new(_device);
        return await new ProfileAnchor(new HurriedTime()).CheckAsync(new AnchorReads(client), Unit, Profile, TestContext.Current.CancellationToken);
    }
}
