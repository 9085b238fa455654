using Flip.Edge.Configuration;
using Flip.Edge.Supervision;

namespace Flip.Edge.Monitoring;

internal static class MonitoringHosting
{
    public static void AddMonitoring(this IServiceCollection services)
    {
        services.AddSingleton<ModbusConnections>();
        services.AddSingleton(provider => FinderOf(
            provider.GetRequiredService<CurrentSettings>(), provider.GetRequiredService<ModbusConnections>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<DeviceFinder>>()));
        services.AddWorker<DeviceWatch>("devices");
        services.AddWorker<DailyReading>("daily reading");
    }

    private static Func<DeviceSettings, DeviceFinder> FinderOf(
        CurrentSettings settings, ModbusConnections connections, TimeProvider time, ILogger<DeviceFinder> log) =>
        device => new(device, () => settings.Profiles, connections, time, log);
}
