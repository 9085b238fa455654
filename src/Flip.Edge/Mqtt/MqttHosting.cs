using Flip.Edge.Configuration;

namespace Flip.Edge.Mqtt;

internal static class MqttHosting
{
    public static void AddMqtt(this IServiceCollection services, MqttSettings settings)
    {
        services.AddSingleton<MqttState>();
        services.AddSingleton<Topics>();
        services.AddSingleton<RetainedMessages>();
        if (settings.Enabled) services.AddHostedService<StatusPublisher>();
    }
}
