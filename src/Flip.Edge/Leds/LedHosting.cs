using Flip.Edge.Commissioning;
using Flip.Edge.Storage;

namespace Flip.Edge.Leds;

internal static class LedHosting
{
    /// <summary>The directory of the LEDs.</summary>
    public const string Root = "/sys/class/leds";

    /// <param name="services">Services.</param>
    /// <param name="settings">The LED; null where none is configured.</param>
    public static void AddLed(this IServiceCollection services, LedSettings? settings)
    {
        services.AddSingleton(provider => new CurrentLed(provider.GetRequiredService<ChangeSignal>(), settings?.Name));
        if (settings is null) return;
        services.AddSingleton<IHostedService>(provider => new LedWorker(
            new(Root, settings.Name), provider.GetRequiredService<CommissioningStore>(), provider.GetRequiredService<EdgeDatabase>(),
            provider.GetRequiredService<CredentialWatch>(), provider.GetRequiredService<CurrentLed>(), provider.GetRequiredService<ChangeSignal>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<LedWorker>>()));
    }
}
