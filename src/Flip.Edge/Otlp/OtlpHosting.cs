using Flip.Edge.Configuration;
using Flip.Edge.Logs;
using Flip.Edge.Metrics;

namespace Flip.Edge.Otlp;

internal static class OtlpHosting
{
    public static void AddOtlp(this IServiceCollection services, OtlpSettings settings)
    {
        if (settings.Endpoint is null) return;
        OtlpLogQueue queue = new();
        services.AddSingleton(queue);
        if (settings.Logs) services.AddSingleton<ILogSink>(queue);
        services.AddSingleton<OtlpCounts>();
        services.AddSingleton<IMetricSource>(provider => provider.GetRequiredService<OtlpCounts>());
        services.AddSingleton(provider => new OtlpClient(settings, provider.GetRequiredService<TimeProvider>(), Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY")));
        services.AddHostedService<OtlpExporter>();
    }
}
