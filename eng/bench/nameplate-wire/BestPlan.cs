using Flip.Edge.Devices.Registers;
using Flip.Edge.Simulator.Devices;

namespace Flip.Edge.Bench.NameplateWire;

/// <summary>
/// The best that anybody could do who knows the device beforehand: which registers it has, where every SunSpec model is, at which unit
/// ids its parts answer. It reads everything that we wanted, each value with its scale factor in one response, reads through no register
/// that isn't there, and asks once for each value or block that is absent, for otherwise nobody knows that it is.
/// </summary>
internal static class BestPlan
{
    private const string ScaleFactor = "'s scale factor";

    public static (int Transactions, double Milliseconds) Of(
        IReadOnlyList<WantedRegisters> wanted, DeviceTables tables, ReadTiming timing, double silenceMs)
    {
        ReadCost cost = timing.Cost;
        List<WantedRegisters> values = Values(wanted);
        ILookup<bool, WantedRegisters> served = values.ToLookup(value => Has(tables, value.Unit, value.Function, value.Address, value.Count));
        int transactions = 0;
        double total = 0;
        foreach (IGrouping<(byte, int), WantedRegisters> table in served[true].GroupBy(value => (value.Unit, value.Function)))
        {
            (int count, double price) = Cheapest([.. table.OrderBy(value => value.Address).ThenBy(value => value.Count)], tables, timing);
            transactions += count;
            total += price;
        }

        int absent = served[false].Select(value => (value.Unit, value.Block ?? value.Name)).Distinct().Count();

        // A reply that is lost once must not halve a capacity: silence counts when it came twice.
        if (tables.IsSilentOutside) absent *= 2;
        return (transactions + absent, total + (absent * (tables.IsSilentOutside ? silenceMs : cost.Of(0))));
    }

    // A value and its scale factor are one thing to read.
    private static List<WantedRegisters> Values(IReadOnlyList<WantedRegisters> wanted)
    {
        List<WantedRegisters> values = [];
        foreach (WantedRegisters part in wanted)
        {
            if (part.Name.EndsWith(ScaleFactor, StringComparison.Ordinal) && values.FindLastIndex(value => value.Name == part.Name[..^ScaleFactor.Length]) is >= 0 and var at)
            {
                int first = Math.Min(values[at].Address, part.Address), end = Math.Max(values[at].Address + values[at].Count, part.Address + part.Count);
                values[at] = values[at] with { Address = first, Count = end - first };
            }
            else
            {
                values.Add(part);
            }
        }

        return [.. values.Distinct()];
    }

    private static (int Count, double Milliseconds) Cheapest(WantedRegisters[] values, DeviceTables tables, ReadTiming timing)
    {
        double[] least = new double[values.Length + 1];
        int[] reads = new int[values.Length + 1];
        for (int n = 1; n <= values.Length; n++)
        {
            least[n] = double.PositiveInfinity;
            for (int m = n - 1; m >= 0; m--)
            {
                int first = values[m].Address, count = values[m..n].Max(value => value.Address + value.Count) - first;
                if (count > timing.MostRegisters || !Has(tables, values[m].Unit, values[m].Function, first, count)) continue;
                if (least[m] + timing.Cost.Of(count) is var price && price < least[n]) (least[n], reads[n]) = (price, reads[m] + 1);
            }
        }

        return (reads[^1], least[^1]);
    }

    private static bool Has(DeviceTables tables, byte unit, int function, int address, int count) =>
        tables.Find(unit, (byte)function)?.TryRead((ushort)address, new ushort[count]) == true;
}
