using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.Walking;

/// <summary>Every read of a walk, by bus: while a device is looked for, several are asked.</summary>
internal sealed class WalkRecord
{
    private readonly Lock _gate = new();
    private readonly List<(string Bus, WalkRead Read)> _reads = [];

    public int Count
    {
        get
        {
            lock (_gate) return _reads.Count;
        }
    }

    /// <summary>The bus with the most answers; null when nothing answered.</summary>
    public string? LikeliestBus
    {
        get
        {
            lock (_gate) return _reads.Where(kept => kept.Read.Words is not null).GroupBy(kept => kept.Bus).MaxBy(bus => bus.Count())?.Key;
        }
    }

    public void Add(string bus, WalkRead read)
    {
        lock (_gate) _reads.Add((bus, read));
    }

    public bool HasAnswers(string bus)
    {
        lock (_gate) return _reads.Any(kept => kept.Bus == bus && kept.Read.Words is not null);
    }

    /// <summary>The reads of a bus in order, each request once, with what came of it last.</summary>
    public IReadOnlyList<WalkRead> Of(string bus)
    {
        lock (_gate)
        {
            Dictionary<(byte, byte, ushort, ushort), int> last = [];
            WalkRead[] reads = [.. _reads.Where(kept => kept.Bus == bus).Select(kept => kept.Read)];
            for (int i = 0; i < reads.Length; i++) last[(reads[i].Unit, reads[i].Function, reads[i].Address, reads[i].Count)] = i;
            return [.. last.Values.Order().Select(index => reads[index])];
        }
    }

    /// <summary>The registers that came, by unit and function.</summary>
    public Dictionary<(byte Unit, byte Function), SortedDictionary<int, ushort>> Words(string bus)
    {
        Dictionary<(byte Unit, byte Function), SortedDictionary<int, ushort>> words = [];
        foreach (WalkRead read in Of(bus))
        {
            if (read.Words is not { } came) continue;
            if (!words.TryGetValue((read.Unit, read.Function), out SortedDictionary<int, ushort>? table)) words[(read.Unit, read.Function)] = table = [];
            for (int i = 0; i < came.Length; i++) table[read.Address + i] = came[i];
        }

        return words;
    }
}
