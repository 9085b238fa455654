namespace Flip.Edge.Devices.Registers;

/// <summary>Registers that have to come from one response: a value.</summary>
/// <param name="Name">For the explanation: the point.</param>
/// <param name="Unit">Unit id.</param>
/// <param name="Function">3 holding, 4 input.</param>
/// <param name="Address">First register, 0-based.</param>
/// <param name="Count">Number of registers.</param>
/// <param name="Block">
/// The block that is there as a whole or not at all, such as a battery's; or null. It is never read together with anything else.
/// </param>
/// <param name="IsOptional">True where some devices of the kind lack it.</param>
public sealed record WantedRegisters(string Name, byte Unit, int Function, int Address, int Count, string? Block = null, bool IsOptional = false)
{
    internal int End => Address + Count;
}

/// <summary>One read of a plan.</summary>
/// <param name="Unit">Unit id.</param>
/// <param name="Function">3 holding, 4 input.</param>
/// <param name="Address">First register, 0-based.</param>
/// <param name="Count">Registers.</param>
/// <param name="Wanted">What is wanted of it, by address.</param>
public sealed record PlannedRead(byte Unit, int Function, int Address, int Count, IReadOnlyList<WantedRegisters> Wanted)
{
    /// <summary>Registers that nobody wants, read through because asking again would cost more.</summary>
    public int Through => Count - Runs(Wanted).Sum(run => run.Count);

    /// <summary>True when the device may lack what is read here.</summary>
    public bool MayBeMissing => Wanted[0].Block is not null || Wanted.All(part => part.IsOptional);

    /// <summary>
    /// The same read in two, without its widest gap, and where there are none, each value on its own: what a device that refuses it is
    /// asked next.
    /// </summary>
    internal IReadOnlyList<PlannedRead> Parts()
    {
        List<PlannedRead> runs = Runs(Wanted);
        int widest = Enumerable.Range(1, Math.Max(1, runs.Count - 1)).MaxBy(i => i < runs.Count ? runs[i].Address - runs[i - 1].Address - runs[i - 1].Count : 0);
        return runs.Count > 1 ? [Together(runs[..widest]), Together(runs[widest..])]
            : [.. Wanted.DistinctBy(part => (part.Address, part.Count)).Select(part => this with { Address = part.Address, Count = part.Count, Wanted = Same(part) })];
    }

    private static PlannedRead Together(List<PlannedRead> runs) =>
        runs[0] with { Count = runs[^1].Address + runs[^1].Count - runs[0].Address, Wanted = [.. runs.SelectMany(run => run.Wanted)] };

    private WantedRegisters[] Same(WantedRegisters part) => [.. Wanted.Where(other => (other.Address, other.Count) == (part.Address, part.Count))];

    private List<PlannedRead> Runs(IReadOnlyList<WantedRegisters> wanted)
    {
        List<PlannedRead> runs = [];
        foreach (WantedRegisters next in wanted)
        {
            if (runs.Count > 0 && runs[^1] is var run && next.Address <= run.Address + run.Count)
            {
                runs[^1] = run with { Count = Math.Max(run.Count, next.End - run.Address), Wanted = [.. run.Wanted, next] };
            }
            else
            {
                runs.Add(this with { Address = next.Address, Count = next.Count, Wanted = [next] });
            }
        }

        return runs;
    }
}

/// <summary>Which registers are read together.</summary>
public static class ReadPlan
{
    /// <summary>The reads that get everything wanted at the least cost, in the order of what was wanted first.</summary>
    /// <param name="wanted">What is needed; a value is never divided.</param>
    /// <param name="cost">Of the transport.</param>
    /// <param name="mostRegisters">In one read. A value that is longer is planned alone, for the caller to divide.</param>
    /// <param name="mostThrough">The widest gap between two values that may be read through, for devices that answer nothing across one.</param>
    public static IReadOnlyList<PlannedRead> Of(
        IReadOnlyList<WantedRegisters> wanted, ReadCost cost, int mostRegisters, int mostThrough = int.MaxValue) =>
        [.. wanted.GroupBy(part => (part.Unit, part.Function, part.Block)).SelectMany(group => Cheapest([.. group.OrderBy(part => part.Address).ThenBy(part => part.End)], cost, mostRegisters, mostThrough))];

    // Dynamic programming over the values by address: the least cost of the first n is that of the first m and one read of the rest.
    private static Stack<PlannedRead> Cheapest(WantedRegisters[] parts, ReadCost cost, int mostRegisters, int mostThrough)
    {
        // The first register behind everything up to a value: from there to the next one is a gap.
        int[] behind = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++) behind[i] = Math.Max(parts[i].End, i == 0 ? 0 : behind[i - 1]);
        double[] least = new double[parts.Length + 1];
        int[] from = new int[parts.Length + 1];
        for (int n = 1; n <= parts.Length; n++)
        {
            least[n] = double.PositiveInfinity;
            int end = parts[n - 1].End;
            for (int m = n - 1; m >= 0; m--)
            {
                if (m < n - 1 && parts[m + 1].Address - behind[m] > mostThrough) break;
                end = Math.Max(end, parts[m].End);
                int count = end - parts[m].Address;
                if (m < n - 1 && count > mostRegisters) continue;
                if (least[m] + cost.Of(count) is var total && total < least[n]) (least[n], from[n]) = (total, m);
            }
        }

        Stack<PlannedRead> reads = new();
        for (int n = parts.Length; n > 0; n = from[n])
        {
            WantedRegisters[] together = parts[from[n]..n];
            reads.Push(new(together[0].Unit, together[0].Function, together[0].Address, together.Max(part => part.End) - together[0].Address, together));
        }

        return reads;
    }
}
