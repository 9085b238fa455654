using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.SunSpec;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.Simulator.Hostile.Data;

namespace Flip.Edge.Fuzz;

/// <summary>
/// SunSpec maps of 64 K through the reader: noise of several kinds with holes, near-valid chains, devices with some registers changed, and
/// honest devices behind a wire that refuses, is silent, moves or replays. Of the last the truth is known, and nothing else may come out.
/// </summary>
internal sealed class MapFuzzer : IFuzzer
{
    private static readonly ModbusEndpoint[] Endpoints =
        [new ModbusTcpEndpoint("10.0.0.1", 502, 1), new ModbusRtuEndpoint("/dev/ttyFuzz", 9600, SerialParity.None, 1, 1)];

    private static readonly Dictionary<ushort, int> SunSpecLengths = new()
    {
        [1] = 66,
        [101] = 50,
        [103] = 50,
        [113] = 60,
        [120] = 26,
        [121] = 30,
        [122] = 44,
        [123] = 24,
        [124] = 24,
        [160] = 48,
        [203] = 105,
        [701] = 153,
        [702] = 50,
        [713] = 7,
        [714] = 43,
        [802] = 62,
    };

    private readonly (ushort[] Words, bool[] Exists, Nameplate Truth)[] _devices = [.. ((string[])
        ["hybrid", "hybrid-7xx", "two-batteries", "inverter-limits", "base-0", "base-50000", "l65", "no-end-marker", "pv-only"]).Select(Device)];

    private readonly ushort[] _words = new ushort[0x10000];

    // What a case wrote of them; the rest is of an earlier one, and not there.
    private int _first;
    private int _end;

    public FuzzOutcome Run(Chance chance)
    {
        int kind = chance.Below(8);
        (_first, _end) = (0, 0x10000);
        (ushort[] words, bool[]? exists, Nameplate? truth) = kind switch
        {
            0 or 1 => Noise(ref chance),
            2 or 3 => Chain(ref chance),
            4 or 5 => Mutated(ref chance),
            _ => _devices[chance.Below(_devices.Length)],
        };
        (int hole, int holeEnd) = truth is null && chance.Once(3) ? (chance.Below(0x10000), chance.Below(0x10000)) : (-1, -1);
        ModbusExceptionCode beyond = truth is null && chance.Once(8) ? IRegisterBank.NoReply : ModbusExceptionCode.IllegalDataAddress;
        int registersPerRead = chance.Below(3) != 0 ? 125 : chance.Of<int>([100, 64, 40, 20, 10, 2]);
        InstantTime time = new();
        FaultyClient client = new(Read, time, Endpoints[chance.Below(Endpoints.Length)], registersPerRead)
        {
            Chance = new(chance.Next(), 0),
            Faults = kind < 6 ? (chance.Once(4) ? new(30, 5, 10, 10) : default) : FaultsOf(ref chance, registersPerRead),
        };
        string ending = NameplateRules.Ending(() => new SunSpecNameplateReader(time).ReadAsync(client, 1, CancellationToken.None), truth);
        return new(ending, client.Reads);

        ModbusExceptionCode? Read(byte unit, byte function, ushort address, Span<ushort> destination)
        {
            if (address < _first || address + destination.Length > _end) return beyond;
            if (exists is not null && exists.AsSpan(address, destination.Length).Contains(false)) return beyond;
            if (address <= holeEnd && address + destination.Length > hole && hole >= 0) return beyond;
            words.AsSpan(address, destination.Length).CopyTo(destination);
            return null;
        }
    }

    // Texts that a device gives only in pieces carry no proof of their place, so only whole reads may be moved where the truth is known.
    private static Faults FaultsOf(ref Chance chance, int registersPerRead) => chance.Below(4) switch
    {
        0 => new(50, 0, 0, 0),
        1 => new(20, 20, 0, 0),
        _ => registersPerRead < 100 ? new(100, 10, 0, 0) : new(10, 2, 40, 20),
    };

    private (ushort[] Words, bool[]? Exists, Nameplate? Truth) Noise(ref Chance chance)
    {
        int kind = chance.Below(5);
        ulong salt = chance.Next();
        ushort constant = chance.Word();
        int start = chance.Of<int>([40000, 50000, 0]);
        // The walk reads at most 12,000 registers and a model behind them.
        (_first, _end) = (start, Math.Min(start + 14_000, 0x10000));
        for (int i = _first; i < _end; i++)
        {
            uint noise = (uint)(Chance.Mix(salt + (ulong)i) >> 32);
            _words[i] = kind switch
            {
                0 => (ushort)noise,
                1 => (ushort)(noise % 70),
                2 => (ushort)(700 + (noise % 110)),
                3 => (noise & 3) == 0 ? (ushort)(noise >> 16) : (ushort)((noise >> 8) % 130),
                _ => constant,
            };
        }

        if (chance.Below(10) != 0) (_words[start], _words[start + 1]) = (0x5375, 0x6E53);
        return (_words, null, null);
    }

    private (ushort[] Words, bool[]? Exists, Nameplate? Truth) Chain(ref Chance chance)
    {
        int at = chance.Of<int>([40000, 50000, 0, 40001, 39999, 1]);
        (_words[at], _words[at + 1]) = (0x5375, 0x6E53);
        _first = at;
        at += 2;
        for (int model = chance.Below(130); model >= 0 && at < 0xF000; model--)
        {
            ushort id = chance.Of<ushort>([1, 101, 103, 113, 120, 121, 122, 123, 124, 160, 203, 701, 702, 713, 714, 802, 803, 64_001, chance.Word()]);
            int has = chance.Below(6) switch { 0 => 0, 1 => chance.Below(200), _ => Usual(id) };
            int declares = chance.Below(12) switch { 0 => chance.Word(), 1 => Usual(id), 2 => has + 1, _ => has };
            (_words[at], _words[at + 1]) = (id, (ushort)declares);
            for (int i = 2; i < has + 2; i++)
            {
                _words[at + i] = chance.Below(5) switch
                {
                    0 => 0xFFFF,
                    1 => (ushort)chance.Below(4),
                    2 => 0x8000,
                    3 => (ushort)(0x2020 + (chance.Word() & 0x3F3F)),
                    _ => chance.Word(),
                };
            }

            at += has + 2;
        }

        (_words[at], _words[at + 1]) = chance.Once(4) ? ((ushort)0, (ushort)0) : ((ushort)0xFFFF, (ushort)0);
        _end = at + 2;
        return (_words, null, null);
    }

    private static int Usual(ushort id) => SunSpecLengths.TryGetValue(id, out int length) ? length : 30;

    private (ushort[] Words, bool[]? Exists, Nameplate? Truth) Mutated(ref Chance chance)
    {
        (ushort[] words, bool[] exists, _) = _devices[chance.Below(_devices.Length)];
        int start = exists[40000] ? 40000 : exists[50000] ? 50000 : 0;
        words.AsSpan(start, 700).CopyTo(_words.AsSpan(start));
        for (int i = chance.Below(12); i >= 0; i--) _words[start + chance.Below(450)] = chance.Once(3) ? (ushort)chance.Below(100) : chance.Word();
        return (_words, exists, null);
    }

    private static (ushort[] Words, bool[] Exists, Nameplate Truth) Device(string image)
    {
        DeviceRegisters map = DeviceImages.Find(image)!.CreateMap();
        ushort[] words = new ushort[0x10000];
        bool[] exists = new bool[0x10000];
        foreach (ushort address in map.Addresses) (words[address], exists[address]) = (map[address], true);
        BankClient client = new(new SimulatedDevice(map, DeviceWire.Tcp));
        return (words, exists, NameplateRules.Now(new SunSpecNameplateReader(new InstantTime()).ReadAsync(client, 1, CancellationToken.None)));
    }
}
