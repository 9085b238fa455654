using Flip.Edge.Devices;
using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.Simulator.Hostile.Data;

namespace Flip.Edge.Fuzz;

/// <summary>Devices of every family through their profiles: with registers changed, full of noise, or honest behind a wire that fails.</summary>
internal sealed class FamilyFuzzer : IFuzzer
{
    private readonly Family[] _families = [.. DeviceImages.All.Where(image => image.Profile is not null).Select(Of)];

    public FuzzOutcome Run(Chance chance)
    {
        Family family = _families[chance.Below(_families.Length)];
        int kind = chance.Below(4);
        ulong salt = chance.Next();
        int rare = 1 << (2 + chance.Below(7));
        InstantTime time = new();
        FaultyClient client = new(Read, time, new ModbusTcpEndpoint("10.0.0.1", 502, family.Unit), chance.Below(3) != 0 ? 125 : chance.Of<int>([100, 40, 10, 4]))
        {
            Chance = new(chance.Next(), 0),
            Faults = kind == 3 ? new(20, 10, 0, 0) : chance.Once(4) ? new(30, 5, 10, 10) : default,
        };
        string ending = NameplateRules.Ending(() => new NameplateReader(time).ReadAsync(client, family.Unit, family.Profile, CancellationToken.None), truth: kind == 3 && !family.MayLack ? family.Truth : null);
        return new(ending, client.Reads);

        ModbusExceptionCode? Read(byte unit, byte function, ushort address, Span<ushort> destination)
        {
            ModbusExceptionCode? answer = kind == 0 ? null : family.Device.Read(unit, function, address, destination);
            if (answer is not null || kind == 3) return answer;
            for (int i = 0; i < destination.Length; i++)
            {
                ulong noise = Chance.Mix(salt + ((ulong)unit << 24) + ((ulong)function << 16) + address + (ulong)i);
                if (kind == 0 || (noise >> 8) % (ulong)rare == 0) destination[i] = (noise & 3) switch { 0 => 0, 1 => 0xFFFF, 2 => (ushort)(noise >> 50), _ => (ushort)(noise >> 40) };
            }

            return null;
        }
    }

    private static Family Of(DeviceImage image)
    {
        DeviceProfile profile = ProfileCatalog.Embedded.Find(image.Profile!) ?? throw new InvalidOperationException($"no profile {image.Profile}");
        SimulatedDevice device = new(image.CreateTables(), DeviceWire.Tcp);
        byte unit = profile.Units.TryGetValue(DeviceProfile.MainUnit, out IReadOnlyList<byte>? main) && main.FirstOrDefault(device.Units.Contains) is var known and not 0 ? known : device.Units[0];
        BankClient client = new(device);
        try
        {
            return new(profile, device, unit, NameplateRules.Now(new NameplateReader(new InstantTime()).ReadAsync(client, unit, profile, CancellationToken.None)));
        }
        catch (Exception unreadable) when (unreadable is DeviceNotReadableException or ModbusException)
        {
            // Some images play what can't be read, such as a device that sleeps: then there is no truth to compare with.
            return new(profile, device, unit, null);
        }
    }

    private sealed record Family(DeviceProfile Profile, SimulatedDevice Device, byte Unit, Nameplate? Truth)
    {
        // A block that may be missing and is refused in both readings is missing: nothing can tell it from one that is not there.
        public bool MayLack => Profile.Quirks.BlocksMayBeMissing is not null || Profile.Units.Count > 1;
    }
}
