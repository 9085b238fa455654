using Flip.Edge.Configuration;
using Flip.Edge.Supervision;

namespace Flip.Edge.Mqtt;

internal static class MqttHosting
{
    public static void AddMqtt(this IServiceCollection services, MqttSettings settings)
    {
        services.AddSingleton(provider => new MqttState(settings.Enabled, provider.GetRequiredService<ChangeSignal>()));
        services.AddSingleton<Topics>();
        services.AddSingleton<RetainedMessages>();
        services.AddSingleton<HomeAssistantEntities>();
        services.AddSingleton<BrokerConnector>();
        services.AddSingleton<BrokerReport>();
        services.AddSingleton<BrokerSession>();
        if (settings.Enabled) services.AddWorker<StatusPublisher>("broker");
    }
}
