using Flip.Edge.Logs;

namespace Flip.Edge.Metrics;

internal static class MetricsHosting
{
    public static void AddEdgeMetrics(this IServiceCollection services)
    {
        services.AddSingleton<EdgeMetrics>();
        services.AddSingleton<IMetricSource, StatusMetrics>();
        services.AddSingleton<IMetricSource, ModbusMetrics>();
        services.AddSingleton<IMetricSource>(provider => new ProcessMetrics(provider.GetRequiredService<RecentLog>(), provider.GetRequiredService<TimeProvider>()));
    }
}
