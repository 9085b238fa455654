using Flip.Edge.Button;
using Flip.Edge.Commissioning;
using Flip.Edge.Configuration;
using Flip.Edge.Enrollment;
using Flip.Edge.Leds;
using Flip.Edge.Local;
using Flip.Edge.Memory;
using Flip.Edge.Metrics;
using Flip.Edge.Monitoring;
using Flip.Edge.Mqtt;
using Flip.Edge.Otlp;
using Flip.Edge.Status;
using Flip.Edge.Storage;
using Flip.Edge.Supervision;

namespace Flip.Edge;

/// <summary>Puts the daemon together.</summary>
internal static class EdgeHost
{
    /// <summary>Time for the workers to stop: the outbox is whole at any moment, so nothing waits longer.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(4);

    /// <param name="settings">As they were read at the start.</param>
    /// <param name="reread">Reads them again, for a reload.</param>
    /// <param name="database">The open database.</param>
    /// <param name="time">The clock.</param>
    public static IHost Build(EdgeSettings settings, Func<SettingsResult> reread, EdgeDatabase database, TimeProvider time)
    {
        // Empty: no configuration files beside our own, and no content root to watch.
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new() { ApplicationName = "flip-edge" });
        builder.Services.AddSupervision();
        builder.Logging.AddEdgeLogging(settings.Logging);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(new CurrentSettings(settings));
        builder.Services.AddSingleton(reread);
        builder.Services.AddSingleton(database);
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton<Func<double>>(Random.Shared.NextDouble);
        // The database was open before there was a host, and speaks through the same signal.
        builder.Services.AddSingleton(database.Changes);
        builder.Services.AddWorker<StorageWatch>("storage");
        builder.Services.AddHostedService(_ => new IdleMemory(database.Changes, time, IdleMemory.GiveBack));
        builder.Services.AddMonitoring();
        builder.Services.AddEnrollment(settings.Enrollment);
        builder.Services.AddStatus();
        builder.Services.AddMqtt(settings.Mqtt);
        builder.Services.AddCommissioning(settings);
        builder.Services.AddButton(settings.Button, time);
        builder.Services.AddLed(settings.Led);
        builder.Services.AddEdgeMetrics();
        builder.Services.AddOtlp(settings.Otlp);
        // The last to start and the first to stop: it speaks of all the others.
        builder.Services.AddLocalEndpoint(settings.Local);
        return builder.Build();
    }
}
