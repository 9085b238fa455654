using Flip.Edge.Devices.Registers;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Flip.Edge.Devices.Tests.Profiles.Reading;

public sealed class ReadPlanTests
{
    // A transaction is worth ten registers, as on a serial line.
    private static readonly ReadCost Line = new(20, 2);

    [Fact]
    public void A_gap_is_read_through_when_that_is_cheaper_than_asking_again()
    {
        WantedRegisters[] wanted = [At(100, 2), At(111, 1), At(200, 2)];

        IReadOnlyList<PlannedRead> plan = ReadPlan.Of(wanted, Line, 125);

        Assert.Equal([(100, 12), (200, 2)], plan.Select(read => (read.Address, read.Count)));
        Assert.Equal([9, 0], plan.Select(read => read.Through));
    }

    [Fact]
    public void The_same_gap_is_asked_around_where_a_register_costs_more()
    {
        WantedRegisters[] wanted = [At(100, 2), At(111, 1)];

        Assert.Equal(2, ReadPlan.Of(wanted, new(20, 3), 125).Count);
        Assert.Equal(2, ReadPlan.Of(wanted, Line, 125, mostThrough: 8).Count);
        Assert.Equal(2, ReadPlan.Of(wanted, Line, mostRegisters: 11).Count);
    }

    [Fact]
    public void A_block_that_is_there_as_a_whole_or_not_at_all_is_read_apart()
    {
        WantedRegisters[] wanted = [At(100, 2), At(102, 2) with { IsOptional = true }, At(104, 2), At(106, 2) with { Block = "battery 1" }];

        IReadOnlyList<PlannedRead> plan = ReadPlan.Of(wanted, Line, 125);

        Assert.Equal([(100, 6), (106, 2)], plan.Select(read => (read.Address, read.Count)));
        Assert.Equal([false, true], plan.Select(read => read.MayBeMissing));
    }

    /// <summary>A fuzzed map of two hundred blocks took 37 MB to plan (eng/fuzz maps, seed 1, case 40954).</summary>
    [Fact]
    public void A_plan_of_many_values_takes_memory_for_the_values_and_not_for_their_pairs()
    {
        WantedRegisters[] wanted = [.. Enumerable.Range(0, 400).Select(i => At(i * 3, 1))];
        ReadPlan.Of(wanted, Line, 125);
        long before = GC.GetAllocatedBytesForCurrentThread();

        ReadPlan.Of(wanted, Line, 125);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 400_000);
    }

    [Fact]
    public void Holding_and_input_registers_and_other_units_are_read_apart()
    {
        WantedRegisters[] wanted = [At(100, 1), At(101, 1) with { Function = 4 }, At(102, 1) with { Unit = 2 }];

        Assert.Equal(3, ReadPlan.Of(wanted, new(1000, 1), 125).Count);
    }

    [Fact]
    public void A_refused_read_is_asked_again_without_its_widest_gap_and_without_gaps_value_by_value()
    {
        PlannedRead read = Assert.Single(ReadPlan.Of([At(100, 2), At(102, 2), At(106, 1), At(112, 1)], Line, 125));

        IReadOnlyList<PlannedRead> halves = read.Parts();

        Assert.Equal([(100, 7), (112, 1)], halves.Select(half => (half.Address, half.Count)));
        IReadOnlyList<PlannedRead> runs = halves[0].Parts();
        Assert.Equal([(100, 4), (106, 1)], runs.Select(run => (run.Address, run.Count)));
        Assert.Equal([(100, 2), (102, 2)], runs[0].Parts().Select(part => (part.Address, part.Count)));
        Assert.Single(runs[1].Parts());
    }

    /// <summary>By trying every way to put neighbours together, which dynamic programming must not be dearer than.</summary>
    [Property(MaxTest = 300)]
    public void No_other_partition_is_cheaper(ushort[] gaps, byte transaction, byte limit)
    {
        ReadCost cost = new(1 + transaction, 1);
        int most = 4 + (limit % 122);
        List<WantedRegisters> wanted = [];
        int address = 0;
        foreach (ushort gap in gaps.Take(9))
        {
            wanted.Add(At(address, 1 + (gap % 4)));
            address = wanted[^1].Address + wanted[^1].Count + (gap / 4 % 40);
        }

        IReadOnlyList<PlannedRead> plan = ReadPlan.Of(wanted, cost, most);

        Assert.All(plan, read => Assert.True(read.Count <= most));
        Assert.Equal(wanted, plan.SelectMany(read => read.Wanted));
        Assert.Equal(Cheapest(wanted, cost, most), plan.Sum(read => cost.Of(read.Count)), 6);
    }

    private static double Cheapest(List<WantedRegisters> wanted, ReadCost cost, int most)
    {
        if (wanted.Count == 0) return 0;
        double least = double.PositiveInfinity;
        for (int cuts = 0; cuts < 1 << (wanted.Count - 1); cuts++)
        {
            double total = 0;
            int first = 0;
            for (int i = 0; i < wanted.Count; i++)
            {
                if (i < wanted.Count - 1 && (cuts & (1 << i)) == 0) continue;
                int count = wanted[i].Address + wanted[i].Count - wanted[first].Address;
                total += count > most ? double.PositiveInfinity : cost.Of(count);
                first = i + 1;
            }

            least = Math.Min(least, total);
        }

        return least;
    }

    private static WantedRegisters At(int address, int count) => new($"at {address}", 1, 3, address, count);
}
