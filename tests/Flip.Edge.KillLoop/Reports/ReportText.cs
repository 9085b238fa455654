using System.Globalization;
using Flip.Edge.KillLoop.Plans;

namespace Flip.Edge.KillLoop.Reports;

/// <summary>The report for people: a line for each seed, more for one that failed, and the sums.</summary>
internal static class ReportText
{
    public static void Round(TextWriter output, RoundResult result, int kills)
    {
        RoundPlan plan = result.Plan;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"seed {plan.Seed}: {(result.IsGood ? "ok" : "FAILED")}, {result.Counts.KillsInAll} kills, {result.Starts} starts, {result.Requests} requests, {result.Duration.TotalSeconds:0.0} s; {(plan.IsSecure ? "https" : "http")}, faults {plan.Faults}"));
        if (result.IsGood) return;
        foreach (string failure in result.Failures) output.WriteLine($"  {failure}");
        output.WriteLine($"  again: kill-loop --daemon PATH --seeds {plan.Seed} --kills-per-seed {kills} --parallel 1");
        output.WriteLine($"  the daemon's logs: {result.Folder}");
    }

    public static void End(TextWriter output, IReadOnlyCollection<RoundResult> results)
    {
        FaultCounts all = new();
        foreach (RoundResult result in results) all.Add(result.Counts);
        output.WriteLine();
        output.WriteLine("kills by moment");
        foreach ((KillMoment moment, int count) in all.Kills) output.WriteLine($"  {count,6}  {ReportJson.Name(moment)}");
        output.WriteLine("faults by endpoint");
        foreach ((string fault, int count) in all.Faults) output.WriteLine($"  {count,6}  {fault}");
        output.WriteLine();
        output.WriteLine($"{results.Count} seeds, {all.KillsInAll} kills, {results.Count(result => !result.IsGood)} failures");
    }
}
