namespace Flip.Edge.Devices;

internal static class DevicesHosting
{
    public static void AddDevices(this IServiceCollection services)
    {
        services.AddSingleton<ModbusConnections>();
        services.AddSingleton<DeviceWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<DeviceWatch>());
    }
}
