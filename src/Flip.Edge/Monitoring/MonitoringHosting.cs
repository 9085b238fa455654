namespace Flip.Edge.Monitoring;

internal static class MonitoringHosting
{
    public static void AddMonitoring(this IServiceCollection services)
    {
        services.AddSingleton<ModbusConnections>();
        services.AddSingleton<DeviceWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<DeviceWatch>());
        services.AddHostedService<DailyReading>();
    }
}
