using System.Text.Json;
using System.Text.Json.Nodes;
using Flip.Edge.KillLoop.Plans;

namespace Flip.Edge.KillLoop.Reports;

/// <summary>The report for programs.</summary>
internal static class ReportJson
{
    public static JsonSerializerOptions Indented { get; } = new() { WriteIndented = true };

    public static string Name(KillMoment moment) => JsonNamingPolicy.SnakeCaseLower.ConvertName(moment.ToString());

    public static JsonObject Write(SeedRange seeds, int kills, IReadOnlyCollection<RoundResult> results)
    {
        FaultCounts all = new();
        foreach (RoundResult result in results) all.Add(result.Counts);
        return new()
        {
            ["seeds"] = seeds.ToString(),
            ["kills_per_seed"] = kills,
            ["kills"] = all.KillsInAll,
            ["failures"] = results.Count(result => !result.IsGood),
            ["kills_by_moment"] = Map(all.Kills.Select(pair => (Name(pair.Key), pair.Value))),
            ["faults"] = Map(all.Faults.Select(pair => (pair.Key, pair.Value))),
            ["rounds"] = new JsonArray([.. results.OrderBy(result => result.Plan.Seed).Select(result => (JsonNode)Round(result))]),
        };
    }

    private static JsonObject Round(RoundResult result) => new()
    {
        ["seed"] = result.Plan.Seed,
        ["kills"] = result.Counts.KillsInAll,
        ["starts"] = result.Starts,
        ["requests"] = result.Requests,
        ["seconds"] = Math.Round(result.Duration.TotalSeconds, 3),
        ["https"] = result.Plan.IsSecure,
        ["faults"] = result.Plan.Faults.ToString(),
        ["failures"] = new JsonArray([.. result.Failures.Select(failure => (JsonNode)failure)]),
    };

    private static JsonObject Map(IEnumerable<(string Name, int Count)> counts) =>
        new(counts.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Name, pair.Count)));
}
