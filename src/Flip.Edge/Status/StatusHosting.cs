using Flip.Edge.Configuration;
using Flip.Edge.Supervision;

namespace Flip.Edge.Status;

internal static class StatusHosting
{
    public static void AddStatus(this IServiceCollection services, MqttSettings mqtt)
    {
        services.AddSingleton<MqttState>();
        services.AddSingleton<StatusView>();
        services.AddSingleton<Topics>();
        services.AddSingleton<RetainedMessages>();
        if (mqtt.Enabled) services.AddWorker<StatusPublisher>("broker");
    }
}
