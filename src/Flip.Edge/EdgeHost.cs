using Flip.Edge.Commissioning;
using Flip.Edge.Configuration;
using Flip.Edge.Enrollment;
using Flip.Edge.Local;
using Flip.Edge.Monitoring;
using Flip.Edge.Mqtt;
using Flip.Edge.Status;
using Flip.Edge.Storage;

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
    public static WebApplication Build(EdgeSettings settings, Func<SettingsResult> reread, EdgeDatabase database, TimeProvider time)
    {
        // Empty: no configuration files beside our own, no content root to watch, no static files.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = "flip-edge" });
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        builder.Services.AddSystemd();
        builder.Logging.AddEdgeLogging();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(new CurrentSettings(settings));
        builder.Services.AddSingleton(reread);
        builder.Services.AddSingleton(database);
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton<Func<double>>(Random.Shared.NextDouble);
        // The database was open before there was a host, and speaks through the same signal.
        builder.Services.AddSingleton(database.Changes);
        builder.Services.AddHostedService<StorageWatch>();
        builder.Services.AddMonitoring();
        builder.Services.AddEnrollment(settings.Enrollment);
        builder.Services.AddStatus();
        builder.Services.AddMqtt(settings.Mqtt);
        builder.Services.AddCommissioning(settings);
        builder.AddLocalEndpoint(settings.Local);
        WebApplication app = builder.Build();
        app.MapLocalEndpoint();
        return app;
    }
}
