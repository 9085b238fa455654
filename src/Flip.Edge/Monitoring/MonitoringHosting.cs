using Flip.Edge.Configuration;
using Flip.Edge.Devices.Profiles;

namespace Flip.Edge.Monitoring;

internal static class MonitoringHosting
{
    public static void AddMonitoring(this IServiceCollection services)
    {
        services.AddSingleton(_ => ProfileFiles.Load());
        services.AddSingleton<ModbusConnections>();
        services.AddSingleton(provider => FinderOf(
            provider.GetRequiredService<ProfileCatalog>(), provider.GetRequiredService<ModbusConnections>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<DeviceFinder>>()));
        services.AddSingleton<DeviceWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<DeviceWatch>());
        services.AddHostedService<DailyReading>();
    }

    private static Func<DeviceSettings, DeviceFinder> FinderOf(
        ProfileCatalog catalog, ModbusConnections connections, TimeProvider time, ILogger<DeviceFinder> log) =>
        device => new(device, catalog, connections, time, log);
}
