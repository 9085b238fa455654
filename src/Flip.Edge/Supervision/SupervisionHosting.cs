using System.Diagnostics.CodeAnalysis;
using Flip.Edge.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting.Systemd;

namespace Flip.Edge.Supervision;

internal static class SupervisionHosting
{
    /// <summary>Call it before the workers are added: hosted services are started in their order and stopped in the reverse one.</summary>
    /// <remarks>
    /// Not <c>AddSystemd</c>: it takes a process for a service when <c>/proc/{parent}/comm</c> says systemd, which <c>ProtectProc=invisible</c>
    /// hides, and tells READY before the socket is the group's. SIGTERM is the console lifetime's.
    /// </remarks>
    public static void AddSupervision(this IServiceCollection services)
    {
        services.AddSingleton<ISystemdNotifier, SystemdNotifier>();
        services.AddSingleton<ServiceNotices>();
        services.AddSingleton<StepBoard>();
        services.AddSingleton<WorkerEnds>();
        services.AddSingleton(provider => new WorkerFaults(
            failure => Words(failure, provider.GetRequiredService<CurrentSettings>()), provider.GetRequiredService<ChangeSignal>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ThreadPoolTick>();
        services.AddSingleton(WatchdogInterval.FromEnvironment());
        services.AddHostedService<Watch>();
        services.AddWorker<StatusNotices>("status for systemd");
    }

    private static string Words(Exception failure, CurrentSettings settings) =>
        FaultWords.Of(failure, settings.Now, settings.ConfiguredSite, Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY"));

    /// <summary>
    /// Adds a worker that is watched: it runs until the daemon stops, and says with <see cref="Progress"/> what it is at whenever that may
    /// take longer than two minutes.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="name">What a person calls it.</param>
    public static void AddWorker<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(this IServiceCollection services, string name)
        where T : BackgroundService
    {
        services.TryAddSingleton<T>();
        services.AddSingleton<IHostedService>(provider => new SupervisedWorker(
            name, provider.GetRequiredService<T>(), provider.GetRequiredService<StepBoard>(), provider.GetRequiredService<WorkerEnds>()));
    }
}
