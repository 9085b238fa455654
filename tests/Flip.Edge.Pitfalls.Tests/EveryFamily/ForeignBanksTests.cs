using System.Numerics;
using Flip.Edge.Devices;
using Flip.Edge.Devices.Probing;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;
using Flip.Edge.Pitfalls.Support;
using Flip.Edge.Simulator.Devices;

namespace Flip.Edge.Pitfalls.EveryFamily;

/// <summary>A profile is never believed for a device that it isn't: meters, chargers, empty memories, and registers of anything.</summary>
public sealed class ForeignBanksTests
{
    /// <summary>Made-up devices, by what their registers hold.</summary>
    private static readonly Dictionary<string, Func<byte, byte, int, int>> Banks = new()
    {
        ["nothing but 0"] = (_, _, _) => 0,
        ["nothing but 1"] = (_, _, _) => 1,
        ["nothing but 0xFFFF"] = (_, _, _) => 0xFFFF,
        ["nothing but 0x8000"] = (_, _, _) => 0x8000,
        ["nothing but the letter A"] = (_, _, _) => 0x4141,
        ["nothing but the digit 0"] = (_, _, _) => 0x3030,
        ["nothing but spaces"] = (_, _, _) => 0x2020,
        ["each register its address"] = (_, _, address) => address,
        ["each register its address, low byte first"] = (_, _, address) => Swapped(address),
        ["each register its address and 1"] = (_, _, address) => address + 1,
        ["each register its unit id"] = (unit, _, _) => unit,
        ["each register the function that asked"] = (_, function, _) => function,
        ["an EV charger: 32 A and 7400 W at each hundredth register"] = (_, _, address) => (address % 100) switch { 0 => 32, 2 => 7400, _ => 0x1000 + (address % 7) },
        ["a meter: 230.1 V, 5.12 A, 1178 W, 50.01 Hz again and again"] = (_, _, address) => (address % 8) switch { 0 => 2301, 1 => 512, 3 => 1178, 4 => 5001, _ => 0 },
        ["a meter of floats"] = (_, _, address) => BitConverter.SingleToInt32Bits(230.1f) >> (address % 2 == 0 ? 16 : 0),
        ["a text everywhere"] = (_, _, address) => (address % 3) switch { 0 => 0x4142, 1 => 0x3132, _ => 0x4333 },
    };

    public static TheoryData<string, string> Cases()
    {
        TheoryData<string, string> cases = [];
        foreach (string bank in Banks.Keys)
        {
            foreach (string profile in ProfileCatalog.Embedded.Names) cases.Add(bank, profile);
            cases.Add(bank, DeviceProbe.Auto);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Nothing_is_believed_of_it_and_a_sentence_says_why(string bank, string profile)
    {
        PassingTime time = new();
        FilledBank device = new(Banks[bank]);
        ProbeConnector connect = (at, options) => new BankClient(device, at, options);
        Exception refused = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            IdentifiedDevice found = await new DeviceProbe(ProfileCatalog.Embedded, connect, time).FindAsync(
                ModbusEndpoint.Parse("tcp://h:502?unit=1"), profile, new(), ProbeScope.Person, null, TestContext.Current.CancellationToken);
            await new DeviceReader(connect, time).ReadAsync(found, TestContext.Current.CancellationToken);
        });

        Assert.True(refused is DeviceNotReadableException or DeviceNotFoundException, refused.ToString());
        Assert.NotEmpty(refused.Message);
    }

    public static TheoryData<string> Families => [.. ProfileCatalog.Embedded.InProbeOrder.Select(profile => profile.Name)];

    /// <summary>
    /// Registers of chance: numbers of any size and small ones, which no anchor may ever hold for; and mixtures full of characters, as bad as
    /// no real device is, of which a beginning of two letters lets one in a thousand through. FLIPEDGE_BANKS=100000 tries more than these.
    /// </summary>
    [Theory]
    [MemberData(nameof(Families))]
    public async Task An_anchor_holds_for_no_registers_of_chance(string name)
    {
        int banks = int.TryParse(Environment.GetEnvironmentVariable("FLIPEDGE_BANKS"), out int asked) ? asked : 1000;
        DeviceProfile profile = ProfileCatalog.Embedded.Find(name)!;
        byte unit = profile.Units[DeviceProfile.MainUnit][0];
        ProfileAnchor anchor = new(new PassingTime());
        foreach ((string kind, Func<ulong, int, int> word) in Chance)
        {
            List<string> held = [];
            for (int seed = 0; seed < banks; seed++)
            {
                ulong own = (ulong)seed;
                await using BankClient client = new(new FilledBank((_, function, address) => word(own, (function << 16) | address)));
                AnchorVerdict verdict = await anchor.CheckAsync(new(client), unit, profile, TestContext.Current.CancellationToken);
                if (verdict.Holds) held.Add($"{seed}: {verdict.Sentence}");
            }

            int most = kind is Any or Small ? 0 : WeakAgainst.Any(weak => weak.Profile == name && weak.Kind == kind) ? banks / 10 : banks / 500;
            Assert.True(held.Count <= most, $"{held.Count} of {banks} banks of {kind}:\n{string.Join("\n", held.Take(5))}");
        }
    }

    private const string Any = "any numbers", Small = "small numbers", Characters = "characters", Runs = "runs of zeros, small numbers, characters and any numbers";

    /// <summary>Anchors that a device made to fit could pass. No other family is known to have texts at these places, and nothing better is told.</summary>
    private static readonly (string Profile, string Kind, string Why)[] WeakAgainst =
    [
        ("victron-gx", Runs, "any twelve characters at 800 and a small number at 844; at unit 100 only, which nobody else has"),
        ("alphaess", Runs, "any 13 to 16 characters at 1610 and two small numbers; at unit 85 only, which nobody else has"),
        ("growatt-legacy", Characters, "some of its type codes are two characters, such as 0x5337"),
        ("growatt-legacy", Runs, "some of its type codes are two characters, such as 0x5337"),
    ];

    private static readonly (string Kind, Func<ulong, int, int> Word)[] Chance =
    [
        (Any, (seed, address) => (int)Mix(seed, address)),
        (Small, (seed, address) => (int)(Mix(seed, address) % 1000)),
        (Characters, (seed, address) => TwoCharacters(Mix(seed, address))),
        (Runs, (seed, address) => (Mix(seed, -1 - (address / 8)) % 4) switch
        {
            0 => 0,
            1 => (int)(Mix(seed, address) % 1000),
            2 => TwoCharacters(Mix(seed, address)),
            _ => (int)Mix(seed, address),
        }),
    ];

    private static int TwoCharacters(ulong bits)
    {
        const string characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        return (characters[(int)(bits % 36)] << 8) | characters[(int)(bits / 36 % 36)];
    }

    // Splitmix64: the same registers for the same seed, without a table of 65,536.
    private static ulong Mix(ulong seed, int address)
    {
        ulong z = (seed * 0x9E3779B97F4A7C15) + ((ulong)(uint)address * 0xD1B54A32D192ED03) + 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return BitOperations.RotateRight(z ^ (z >> 31), 7);
    }

    private static int Swapped(int address) => ((address & 0xFF) << 8) | (address >> 8);

    private sealed class FilledBank(Func<byte, byte, int, int> word) : IRegisterBank
    {
        public ModbusExceptionCode? Read(byte unit, byte function, ushort address, Span<ushort> destination)
        {
            for (int i = 0; i < destination.Length; i++) destination[i] = (ushort)word(unit, function, address + i);
            return null;
        }

        public ModbusExceptionCode? Write(byte unit, ushort address, ReadOnlySpan<ushort> values) => throw new InvalidOperationException("reading never writes");
    }
}
