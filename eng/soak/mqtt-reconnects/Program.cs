using System.Globalization;
using Flip.Edge.Configuration;
using Flip.Edge.Soak.MqttReconnects;
using Microsoft.Extensions.Configuration;

// dotnet run -c Release --project eng/soak/mqtt-reconnects [-- RECONNECTS [tls]]
// 10,000 reconnects of the real publisher. Ends with 1 when memory, threads or handles have grown since the first fifth: by then the pools are
// filled and what is used often is compiled. A loss of 128 bytes for each connection would show in the managed memory.
// Threads are the pool's, which adds some on a busy machine.
const int MostThreads = 8, MostHandles = 4;
const long MostManagedKb = 1024, MostResidentKb = 8 * 1024;

int all = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10_000;
DirectoryInfo folder = Directory.CreateTempSubdirectory("mqtt-reconnects-");
try
{
    SettingsResult read = SettingsReader.Read(
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Gateway:Id"] = "gw-soak",
            ["Gateway:DataDirectory"] = folder.FullName,
            ["Site:Id"] = "site-soak",
            ["Devices:0:Id"] = "battery-1",
            ["Devices:0:Endpoint"] = "tcp://127.0.0.1:9?unit=1",
            ["Local:Socket"] = Path.Combine(folder.FullName, "edge.sock"),
            ["Local:Http"] = "off",
        }).Build(),
        TimeZoneInfo.Utc);
    long began = TimeProvider.System.GetTimestamp();
    await using ReconnectRun run = await ReconnectRun.StartAsync(read.Settings!, args is [_, "tls"], CancellationToken.None);
    Console.WriteLine("reconnects  resident kB  managed kB  threads  handles");
    List<Footprint> prints = [];
    for (int step = 1; step <= 10; step++)
    {
        await run.UntilAsync(all / 10 * step, CancellationToken.None);
        Footprint now = Footprint.Now(run.Broker.Accepted);
        prints.Add(now);
        Console.WriteLine(FormattableString.Invariant($"{now.Reconnects,10}  {now.ResidentKb,11}  {now.ManagedKb,10}  {now.Threads,7}  {now.Handles,7}"));
    }

    Console.WriteLine(FormattableString.Invariant(
        $"{run.Broker.Accepted} connections in {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0} s; the pauses between them would have been {run.Time.Passed.TotalHours:0} h"));
    (Footprint first, Footprint last) = (prints[1], prints[^1]);
    (string What, long Grown, long Most)[] growth =
    [
        ("resident memory, kB", last.ResidentKb - first.ResidentKb, MostResidentKb),
        ("managed memory, kB", last.ManagedKb - first.ManagedKb, MostManagedKb),
        ("threads", last.Threads - first.Threads, MostThreads),
        ("handles", last.Handles - first.Handles, MostHandles),
    ];
    foreach ((string what, long grown, long most) in growth) Console.WriteLine($"{what}: {grown:+0;-0;0}, at most +{most}{(grown > most ? ": GROWS" : "")}");
    return growth.Any(one => one.Grown > one.Most) ? 1 : 0;
}
finally
{
    folder.Delete(recursive: true);
}
