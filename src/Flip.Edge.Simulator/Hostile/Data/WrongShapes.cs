using Flip.Edge.Simulator.Devices;

namespace Flip.Edge.Simulator.Hostile.Data;

/// <summary>SunSpec devices whose chain of models is not as the specification has it.</summary>
internal static class WrongShapes
{
    public static IReadOnlyList<DataBehaviour> All { get; } =
    [
        .. ((int[])[40001, 39999, 50001, 49999, 1]).Select(at => Shape($"base-{at}", $"the map begins at {at}, one register beside a standard address", [29], chain => chain.LayOutWithEnd(at))),
        Shape("no-end-silence", "the registers stop after the last model, and what is not there is not answered", [30], chain => chain.LayOut(), isSilentOutside: true),
        Shape("no-end-exception", "the registers stop after the last model, with exception 2", [30], chain => chain.LayOut()),
        Shape("half-end-marker", "of the end marker only the first register is there", [30], chain => chain.LayOut(null, 0xFFFF)),
        Shape("zeros-after-end", "zeros follow the last model in place of an end marker", [30], chain => chain.LayOut(null, new ushort[200])),
        Shape("common-declares-66-has-65", "the common model declares 66 registers and has 65", [31], chain => chain.Resize(1, 65, declared: false).Declare(1, 66).LayOutWithEnd()),
        Shape("common-declares-65-has-66", "the common model declares 65 registers and has 66", [31], chain => chain.Declare(1, 65).LayOutWithEnd()),
        Shape("common-declares-64", "the common model declares 64 registers and has 66", [31], chain => chain.Declare(1, 64).LayOutWithEnd()),
        Shape("common-declares-0", "the common model declares no registers and has 66", [31, 32], chain => chain.Declare(1, 0).LayOutWithEnd()),
        Shape("battery-longer", "the battery's model is longer than its definition", [31], chain => chain.Resize(802, 80, declared: true).LayOutWithEnd()),
        Shape("battery-shorter", "the battery's model ends before its scale factors", [31], chain => chain.Resize(802, 40, declared: true).LayOutWithEnd()),
        new("lengths-change", "a model in the chain has 18 registers by night and 43 by day, and the change falls between two readings", [31],
            device => new SunSpecBank(device, chain => [WithPorts(chain, 18).LayOutWithEnd(), WithPorts(chain, 43).LayOutWithEnd()], turn: 12, isOnce: true)),
        new("lengths-never-rest", "a model in the chain has another length at each read", [31],
            device => new SunSpecBank(device, chain => [WithPorts(chain, 18).LayOutWithEnd(), WithPorts(chain, 43).LayOutWithEnd(), WithPorts(chain, 68).LayOutWithEnd()])),
        Shape("sixty-empty-models", "sixty models of no length stand between the common model and the others", [32],
            chain => chain.Insert(1, Enumerable.Range(0, 60).Select(i => new ushort[] { (ushort)(64_100 + i), 0 })).LayOutWithEnd()),
        Shape("endless-empty-models", "models of no length follow the last one, without an end", [32],
            chain => chain.Insert(chain.Models.Count, Enumerable.Repeat(new ushort[] { 64_100, 0 }, 5000)).LayOut()),
        Shape("battery-declares-0", "the battery's model declares no registers and has all of them", [32], chain => chain.Declare(802, 0).LayOutWithEnd()),
        Shape("bogus-length", "a model before the battery declares 40,000 registers: the chain jumps into nowhere", [32], chain => chain.Declare(124, 40_000).Declare(701, 40_000).LayOutWithEnd()),
        Shape("bogus-lengths", "two models before the battery declare thousands of registers: nothing tells where the next one is", [32], chain => chain.Declare(123, 9000).Declare(124, 40_000).LayOutWithEnd()),
        Shape("bogus-last-length", "the last model declares 60,000 registers", [32], chain => Bogus(chain).LayOutWithEnd()),
        Shape("chain-loops", "the device ignores the high bits of addresses: its models come again and again", [32], chain => Repeated(chain, 30).LayOut()),
        Shape("float-inverter", "the inverter's measurements are floats, model 113 in place of 103, as its web page can be set to", [33], chain => Floats(chain).LayOutWithEnd()),
        Shape("two-713", "the model of the storage's capacity is there twice", [21], chain => Twice(chain, 713).LayOutWithEnd()),
    ];

    private static DataBehaviour Shape(
        string name, string description, IReadOnlyList<int> pitfalls, Func<SunSpecChain, DeviceRegisters> layOut, bool isSilentOutside = false) =>
        new(name, description, pitfalls, device => new SunSpecBank(device, chain => [layOut(chain)], isSilentOutside: isSilentOutside));

    private static SunSpecChain WithPorts(SunSpecChain chain, ushort length)
    {
        // Model 714 has 25 registers for each DC port, and devices leave out the ports that sleep (sunspec/models#22).
        var ports = new ushort[length + 2];
        (ports[0], ports[1]) = (714, length);
        return chain.Copy().Insert(chain.Models.Count - 1, ports);
    }

    private static SunSpecChain Bogus(SunSpecChain chain)
    {
        chain.Models[^1][1] = 60_000;
        return chain;
    }

    private static SunSpecChain Repeated(SunSpecChain chain, int times)
    {
        var models = chain.Models.ToArray();
        for (var i = 1; i < times; i++) chain.Insert(chain.Models.Count, models);
        return chain;
    }

    private static SunSpecChain Floats(SunSpecChain chain)
    {
        for (var i = 0; i < chain.Models.Count; i++)
        {
            if (chain.Models[i][0] != InverterLayouts.ThreePhase.Id) continue;
            var model = new ushort[62];
            for (var word = 2; word < model.Length; word += 2) model[word] = 0x7FC0;
            (model[0], model[1]) = (113, 60);
            chain.Models[i] = model;
        }

        return chain;
    }

    private static SunSpecChain Twice(SunSpecChain chain, ushort id) => chain.Insert(chain.Models.Count, chain.With(id).ToArray());
}
