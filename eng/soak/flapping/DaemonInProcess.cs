using Flip.Edge.Configuration;
using Flip.Edge.Storage;
using Microsoft.Extensions.Hosting;

namespace Flip.Edge.Flapping;

/// <summary>The daemon's own host in this process, with all that it is made of, on time that leaps.</summary>
internal sealed class DaemonInProcess : IDaemonUnderSoak
{
    /// <summary>As long as nobody has said anything for this long, everybody waits for a timer.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(3);
    private readonly World _world;
    private readonly LeapingTime _time;
    private readonly EdgeDatabase _database;
    private readonly IHost _host;
    private readonly long _began;

    private DaemonInProcess(World world, LeapingTime time, EdgeDatabase database, IHost host) =>
        (_world, _time, _database, _host, _began) = (world, time, database, host, time.GetTimestamp());

    public Bounds Bounds { get; } = new(ManagedBytes: 256e3, ResidentBytes: 4e6, Threads: 3, Handles: 3, Timers: 3);

    public TimeSpan Age => _time.GetElapsedTime(_began);

    /// <exception cref="IOException">The configuration is wrong.</exception>
    public static async Task<DaemonInProcess> StartAsync(World world, CancellationToken cancellationToken)
    {
        LeapingTime time = new();
        SettingsResult read = Load(world);
        EdgeSettings settings = read.Settings ?? throw new IOException(string.Join("; ", read.Errors.Select(error => $"{error.Key} {error.Sentence}")));
        EdgeDatabase database = EdgeDatabase.Open(settings.Gateway.DatabaseFile, time, new());
        IHost host = EdgeHost.Build(settings, () => Load(world), database, time);
        await host.StartAsync(cancellationToken);
        return new(world, time, database, host);
    }

    public async Task PassAsync(TimeSpan span, CancellationToken cancellationToken)
    {
        long began = _time.GetTimestamp();
        while (span - _time.GetElapsedTime(began) is { } left && left > TimeSpan.Zero)
        {
            if (_world.Idle < Quiet)
            {
                await Task.Delay(Look, TimeProvider.System, cancellationToken);
                continue;
            }

            _time.Leap(left);
            await Task.Delay(Look, TimeProvider.System, cancellationToken);
        }
    }

    public Count Count()
    {
        for (int pass = 0; pass < 2; pass++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return Flapping.Count.Of(Environment.ProcessId, Age, GC.GetTotalMemory(forceFullCollection: true), _time.Timers);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
        _database.Dispose();
    }

    private static SettingsResult Load(World world) => ConfigurationFiles.Load(world.Configuration, [], TimeZoneInfo.Utc);
}
