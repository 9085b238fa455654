using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Probing;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.Simulator.Hostile;
using Flip.Edge.Simulator.Hostile.Data;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Pitfalls.Support;

/// <summary>Reads and finds simulated devices of the makers' families, without a wire and without waiting.</summary>
internal static class HostileFamily
{
    /// <summary>The device of an image, behind a behaviour or as it is.</summary>
    public static IRegisterBank Device(string image, string? behaviour = null)
    {
        SimulatedDevice device = new(DeviceImages.Find(image)!.CreateTables(), DeviceWire.Tcp);
        return behaviour is null ? device : Assert.IsType<DataBehaviour>(Behaviours.Find(behaviour)).Wrap(device);
    }

    /// <summary>What a profile makes of a device.</summary>
    public static async Task<Nameplate> ReadAsync(IRegisterBank bank, string profile, byte unit)
    {
        await using BankClient client = new(bank);
        DeviceProfile found = ProfileCatalog.Embedded.Find(profile)!;
        return (await new NameplateReader(new InstantTime()).ReadAsync(client, unit, found, TestContext.Current.CancellationToken)).Nameplate;
    }

    /// <summary>What is found at a host with nothing known, where devices listen at these ports.</summary>
    public static Task<IdentifiedDevice> FindAsync(string endpoint, params (string Bus, IRegisterBank Bank)[] buses) =>
        new DeviceProbe(ProfileCatalog.Embedded, (at, options) => new BankClient(BankAt(buses, at), at, options), new FakeTimeProvider()).FindAsync(
            ModbusEndpoint.Parse(endpoint), DeviceProbe.Auto, new(), ProbeScope.Person, null, TestContext.Current.CancellationToken);

    private static IRegisterBank BankAt((string Bus, IRegisterBank Bank)[] buses, ModbusEndpoint at) =>
        buses.FirstOrDefault(bus => bus.Bus == at.Bus).Bank ?? new RefusedBank(at.Bus);

    /// <summary>Nobody listens there.</summary>
    private sealed class RefusedBank(string bus) : IRegisterBank
    {
        public ModbusExceptionCode? Read(byte unit, byte function, ushort address, Span<ushort> destination) => throw new ModbusConnectionException(
            new(bus, unit, function, address, (ushort)destination.Length), ModbusConnectionFailure.Refused, $"nothing listens at {bus}");

        public ModbusExceptionCode? Write(byte unit, ushort address, ReadOnlySpan<ushort> values) => ModbusExceptionCode.IllegalFunction;
    }
}
