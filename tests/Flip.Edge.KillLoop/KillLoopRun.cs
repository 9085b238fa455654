using Flip.Edge.KillLoop.Plans;
using Flip.Edge.KillLoop.Reports;
using Flip.Edge.KillLoop.World;
using Flip.Edge.Simulator.Cloud;

namespace Flip.Edge.KillLoop;

/// <summary>All seeds, several at a time, and the report.</summary>
internal sealed class KillLoopRun(SeedRange seeds, int kills, int parallel, string? jsonFile, string? keepFolder)
{
    private readonly Lock _gate = new();

    /// <returns>True when no seed failed.</returns>
    public async Task<bool> RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        Abilities abilities = await Abilities.AskAsync(cancellationToken);
        using MockCertificates certificates = new(TimeProvider.System.GetUtcNow());
        ParallelOptions options = new() { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken };
        List<RoundResult> results = [];
        await Parallel.ForEachAsync(seeds.Seeds, options, async (seed, cancelled) =>
        {
            RoundResult result = await RoundAsync(RoundPlan.Of(seed, kills, abilities), certificates, abilities, cancelled);
            lock (_gate)
            {
                results.Add(result);
                ReportText.Round(output, result, kills);
            }
        });
        ReportText.End(output, results);
        if (jsonFile is not null) await File.WriteAllTextAsync(jsonFile, ReportJson.Write(seeds, kills, results).ToJsonString(ReportJson.Indented), cancellationToken);
        return results.TrueForAll(result => result.IsGood);
    }

    private async Task<RoundResult> RoundAsync(RoundPlan plan, MockCertificates certificates, Abilities abilities, CancellationToken cancellationToken)
    {
        // A short path: the socket's has to fit into 107 bytes.
        string folder = Directory.CreateTempSubdirectory($"kl{plan.Seed}-").FullName;
        long began = TimeProvider.System.GetTimestamp();
        FaultCounts counts = new();
        KillSwitch kill = new(counts);
        await using Surroundings surroundings = await Surroundings.StartAsync(plan, certificates, counts, kill, cancellationToken);
        Gateway gateway = new(folder, plan, surroundings, new(plan.Seed), abilities);
        IReadOnlyList<string> failures = await new Round(plan, gateway, surroundings, kill).RunAsync(cancellationToken);
        return new(
            plan, counts, gateway.Starts, surroundings.Cloud.Ledger.CommissionRequests, TimeProvider.System.GetElapsedTime(began), failures,
            failures.Count == 0 ? Remove(folder) : Keep(folder, plan.Seed));
    }

    private static string? Remove(string folder)
    {
        Directory.Delete(folder, recursive: true);
        return null;
    }

    private string Keep(string folder, int seed)
    {
        if (keepFolder is null) return folder;
        string kept = Path.Combine(Path.GetFullPath(keepFolder), $"seed-{seed}");
        Directory.CreateDirectory(kept);
        foreach (string file in Directory.EnumerateFiles(folder, "*.log")) File.Copy(file, Path.Combine(kept, Path.GetFileName(file)), overwrite: true);
        Remove(folder);
        return kept;
    }
}
