// The retry policy by simulation: fleets of gateways, each with the daemon's own RetryPace, before a cloud that takes 200 requests a
// second and answers 429 beyond. Prints the tables of docs/retry.md and writes its plot.
// Usage, from the root of the repository: dotnet run -c Release --project eng/bench/fleet [-- FILE.svg]
using System.Globalization;
using Flip.Edge.Configuration;
using Flip.Edge.Fleet;

const int Seed = 1;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string plot = args.Length > 0 ? args[0] : Path.Combine("docs", "retry.svg");
RetrySettings settings = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(15));
TimeSpan spread = TimeSpan.FromSeconds(30);
Load second = Load.PerSecond;
Load minute = new(12_000, 60);

Crowd boot = new("power returns", 100_000, second);
Crowd twice = new("two requests each", 100_000, second, RequestsEach: 2);
Crowd away = new("cloud was away 1 h", 100_000, second, AwaySeconds: 3600);
NewPacing daemon = DaemonPacing.With(settings);
NewPacing before = random => new FullJitter(settings, settings.MaxDelay, TimeSpan.Zero, random);
(string Rule, NewPacing Pacing, Crowd Crowd)[] runs =
[
    .. new Crowd[]
    {
        boot with { Gateways = 1_000 }, boot with { Gateways = 10_000 }, boot, boot with { Gateways = 300_000 },
        boot with { Name = "… Retry-After 10 s", Cloud = second with { Hint = Hint.Fixed, HintSeconds = 10 } },
        boot with { Name = "… Retry-After 60 s", Cloud = second with { Hint = Hint.Fixed, HintSeconds = 60 } },
        boot with { Name = "… 12,000 a minute", Cloud = minute },
        boot with { Name = "… with Retry-After", Cloud = minute with { Hint = Hint.EndOfPeriod } },
        twice, away with { Gateways = 10_000 }, away, away with { Gateways = 300_000 },
    }.Select(crowd => ("RetryPace", daemon, crowd)),
    ("MaxDelay 10 min", DaemonPacing.With(settings with { MaxDelay = TimeSpan.FromMinutes(10) }), away),
    .. new[] { boot, twice, away }.Select(crowd => ("full jitter, 0.1.0", before, crowd)),
    .. new[] { boot, boot with { Gateways = 300_000 } }.SelectMany(crowd => new (string, NewPacing, Crowd)[]
    {
        ("429 capped at 60 s", random => new FullJitter(settings, TimeSpan.FromSeconds(60), spread, random), crowd),
        ("sawtooth", random => new Sawtooth(settings, spread, random), crowd),
    }),
];

FleetResult[] results = [.. runs.AsParallel().AsOrdered().Select(run => FleetRun.Of(run.Crowd, run.Pacing, Seed))];

Console.WriteLine("| rule | crowd | gateways | ideal s | time s | ratio | peak /s | after 1st s | mean | p99 | max | slowest s |");
Console.WriteLine("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
foreach ((string rule, FleetResult result) in runs.Zip(results, (run, result) => (run.Rule, result)))
{
    Console.WriteLine(
        $"| {rule} | {result.Crowd.Name} | {result.Crowd.Gateways:N0} | {result.Crowd.Ideal:N0} | {result.Seconds:N0} | {result.Ratio:0.00} "
        + $"| {result.Peak:N0} | {result.PeakAfterFirstSecond:N0} | {result.MeanRequests:0.0} | {result.P99Requests} | {result.MostRequests} "
        + $"| {result.SlowestSeconds:N0} |");
}

FleetResult Find(NewPacing pacing) => results[Array.FindIndex(runs, run => run.Pacing == pacing && run.Crowd == boot)];
await File.WriteAllTextAsync(plot, FleetPlot.Draw(Find(before), Find(daemon)));
Console.WriteLine($"\n{plot} is written");
double ratio = Find(daemon).Ratio;
Console.WriteLine($"bar: 1.5 of the ideal time for 100,000 gateways; {(ratio <= 1.5 ? "met" : "MISSED")} with {ratio:0.00}");
return ratio <= 1.5 ? 0 : 1;
