using Flip.Edge.Devices;
using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Probing;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;
using Flip.Edge.Pitfalls.Support;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.Simulator.Hostile;

namespace Flip.Edge.Pitfalls.EveryFamily;

/// <summary>What came of one reading, and what it took.</summary>
/// <param name="Nameplate">Null when it was refused with <paramref name="Sentence"/>.</param>
/// <param name="Sentence">Why there is no nameplate.</param>
/// <param name="Requests">That reached the device.</param>
/// <param name="Time">That it took, pauses and time-outs with it.</param>
/// <param name="SaidFalselyTwice">Whether the device gave one false answer both times that it was asked.</param>
internal sealed record AttackOutcome(Nameplate? Nameplate, string? Sentence, int Requests, TimeSpan Time, bool SaidFalselyTwice);

/// <summary>Reads a family's device behind a behaviour: with its own profile, or with none named.</summary>
internal static class FamilyUnderAttack
{
    /// <summary>With the image's own profile, or another.</summary>
    public static Task<AttackOutcome> ReadAsync(DeviceImage image, DataBehaviour? behaviour, int phase, int registersPerRead = 125, DeviceProfile? profile = null) =>
        RunAsync(image, behaviour, phase, async (bank, time, unit) =>
        {
            await using BankClient client = new(bank, ModbusEndpoint.Parse("tcp://192.0.2.1"), new() { RegistersPerRead = registersPerRead });
            return (await new NameplateReader(time).ReadAsync(client, unit, profile ?? Profile(image), TestContext.Current.CancellationToken)).Nameplate;
        });

    /// <summary>With what is found out of it.</summary>
    public static Task<AttackOutcome> FindAsync(DeviceImage image, DataBehaviour? behaviour, int phase) =>
        RunAsync(image, behaviour, phase, async (bank, time, unit) =>
        {
            ProbeConnector connect = (at, options) => new BankClient(bank, at, options);
            IdentifiedDevice found = await new DeviceProbe(ProfileCatalog.Embedded, connect, time).FindAsync(
                ModbusEndpoint.Parse($"tcp://192.0.2.1:502?unit={unit}"), DeviceProbe.Auto, new(), ProbeScope.Unattended, null, TestContext.Current.CancellationToken);
            return (await new DeviceReader(connect, time).ReadAsync(found, TestContext.Current.CancellationToken)).Nameplate;
        });

    private static async Task<AttackOutcome> RunAsync(
        DeviceImage image, DataBehaviour? behaviour, int phase, Func<IRegisterBank, PassingTime, byte, Task<Nameplate>> read)
    {
        SimulatedDevice device = new(image.CreateTables(), DeviceWire.Tcp);
        IRegisterBank hostile = behaviour is null ? device : behaviour.Wrap(device);
        byte unit = Unit(device, Profile(image));

        // What lies by the number of the read begins at another read.
        ushort[] unread = new ushort[1];
        for (int i = 0; i < phase; i++) hostile.Read(unit, 3, 0, unread);
        PassingTime time = new();
        SlowBank bank = new(hostile, new SimulatedDevice(image.CreateTables(), DeviceWire.Tcp), time);
        try
        {
            return new(await read(bank, time, unit), null, bank.Requests, time.Elapsed, bank.SaidFalselyTwice);
        }
        catch (Exception refused) when (refused is DeviceNotReadableException or DeviceNotFoundException or ModbusException)
        {
            return new(null, refused.Message, bank.Requests, time.Elapsed, bank.SaidFalselyTwice);
        }
    }

    private static DeviceProfile Profile(DeviceImage image) => ProfileCatalog.Embedded.Find(image.Profile ?? "sunspec")!;

    private static byte Unit(SimulatedDevice device, DeviceProfile profile) =>
        profile.Units[DeviceProfile.MainUnit].Cast<byte?>().FirstOrDefault(unit => device.Units.Contains(unit!.Value)) ?? device.Units[0];
}
