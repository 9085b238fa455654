using Flip.Edge.Devices.Registers;
using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.SunSpec;

/// <summary>Reads registers again that were read before: now that all of them are known, in the cheapest way.</summary>
internal static class SunSpecRepetition
{
    /// <summary>Every block of before comes from one response again; several may come from the same one.</summary>
    /// <exception cref="ModbusException">The device no longer gives a block that it gave before.</exception>
    public static async Task ReadAsync(
        RegisterReader reader, IReadOnlyList<RegisterBlock> before, RegisterBlocks again, ReadingBudget budget, CancellationToken cancellationToken)
    {
        Stack<PlannedRead> left = new(Plan(reader, before).Reverse());
        while (left.TryPop(out PlannedRead? read))
        {
            budget.Check();
            (ushort[]? words, ModbusException? absent) = await reader.ReadDeclaredAsync(read.Address, read.Count, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<PlannedRead> parts = read.Parts();
            if (words is null && parts.Count > 1)
            {
                foreach (PlannedRead part in parts.Reverse()) left.Push(part);
                continue;
            }

            // It gave these registers a moment ago: once more, before that is called a disagreement.
            if (words is null) (words, absent) = await reader.ReadDeclaredAsync(read.Address, read.Count, cancellationToken).ConfigureAwait(false);
            if (words is null) throw absent ?? throw new InvalidOperationException("a block outside of the address space");
            again.Add(read.Address, words);
        }
    }

    private static IReadOnlyList<PlannedRead> Plan(RegisterReader reader, IReadOnlyList<RegisterBlock> before)
    {
        WantedRegisters[] wanted = [.. before.Select(block => new WantedRegisters("block", reader.Unit, 3, block.Address, block.Words.Length))];

        // Where a value and its scale factor don't fit into one read, their order proves that the factor did not change: it is kept.
        bool isOrdered = reader.Client.Options.RegistersPerRead < SunSpecPlan.OpeningRegisters;
        return isOrdered
            ? [.. wanted.Select(block => new PlannedRead(block.Unit, block.Function, block.Address, block.Count, [block]))]
            : ReadPlan.Of(wanted, reader.Cost, reader.Client.Options.RegistersPerRead);
    }
}
