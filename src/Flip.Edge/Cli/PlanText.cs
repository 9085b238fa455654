using System.Globalization;
using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Registers;
using Flip.Edge.Modbus;

namespace Flip.Edge.Cli;

/// <summary>What a reading asked for and why, for <c>probe --explain</c>.</summary>
internal static class PlanText
{
    /// <summary>Where the names of what a read held begin.</summary>
    private const int Names = 45;

    public static async Task WriteAsync(TextWriter output, NameplateReading reading)
    {
        if (reading.Timing is not { } timing) return;
        await output.WriteLineAsync();
        await Wrapped.WriteAsync(output, Invariant($"A transaction costs {timing.Cost.TransactionMs:0.0} ms here and each register {timing.Cost.RegisterMs:0.00} ms: {Through(timing)}."), 0);
        await Wrapped.WriteAsync(output, Invariant(
            $"The device answers after {(timing.Latency is { } latency ? $"{latency.TotalMilliseconds:0} ms" : "a time that was not learned")}; the time-out in force is {timing.ResponseTimeout.TotalSeconds:0.0} s; at most {timing.MostRegisters} registers are asked for at once."), 0);
        await output.WriteLineAsync();
        await output.WriteLineAsync("unit  registers      first   count  ms       holds");
        double total = 0;
        bool isTwice = IsTwice(reading.Reads);
        int shown = isTwice ? reading.Reads.Count / 2 : reading.Reads.Count;
        foreach (ReadTransaction read in reading.Reads)
        {
            double cost = read.Failure is ModbusTimeoutException ? timing.ResponseTimeout.TotalMilliseconds : timing.Cost.Of(read.Failure is null ? read.Count : 0);
            total += cost;
            if (shown-- <= 0) continue;
            await Wrapped.WriteAsync(output, Invariant($"{read.Unit,4}  {(read.Function == 4 ? "input" : "holding"),-9} {read.Address,10}  {read.Count,6}  {cost,-7:0.0}  {Holds(read, reading.Wanted)}"), Names);
        }

        if (isTwice) await output.WriteLineAsync("The second reading asked for the same.");

        await output.WriteLineAsync(Invariant($"{reading.Reads.Count} transactions of {total:0.0} ms in all, both readings together"));
    }

    private static bool IsTwice(IReadOnlyList<ReadTransaction> reads) => reads.Count > 0 && reads.Count % 2 == 0
        && reads.Take(reads.Count / 2).Select(Question).SequenceEqual(reads.Skip(reads.Count / 2).Select(Question));

    private static (int, int, int, int, bool) Question(ReadTransaction read) => (read.Unit, read.Function, read.Address, read.Count, read.Failure is null);

    private static string Through(ReadTiming timing) =>
        timing.Cost.TransactionInRegisters >= timing.MostRegisters
            ? "any gap that fits a read is read through"
            : Invariant($"a gap of up to {timing.Cost.TransactionInRegisters} registers is read through, and over a wider one it is asked again");

    private static string Holds(ReadTransaction read, IReadOnlyList<WantedRegisters> wanted)
    {
        if (read.Failure is ModbusTimeoutException) return "nothing: no answer";
        if (read.Failure is ModbusDeviceException refused) return Invariant($"nothing: exception {(byte)refused.Code}");
        if (read.Failure is not null) return "nothing: a broken reply";
        WantedRegisters[] held =
        [
            .. wanted.Where(part => part.Unit == read.Unit && part.Function == read.Function && part.Address < read.Address + read.Count && read.Address < part.Address + part.Count)
                .DistinctBy(part => (part.Name, part.Address)).OrderBy(part => part.Address),
        ];
        HashSet<int> used = [.. held.SelectMany(part => Enumerable.Range(part.Address, part.Count))];
        int through = Enumerable.Range(read.Address, read.Count).Count(address => !used.Contains(address));
        string names = held.Length == 0 ? "what was not needed in the end" : string.Join(", ", held.Select(part => part.Name));
        return through == 0 || held.Length == 0 ? names : Invariant($"{names}; read through {through}");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
