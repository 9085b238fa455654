using Flip.Edge.Cloud;
using Flip.Edge.Configuration;
using Flip.Edge.Storage;
using Flip.Edge.Supervision;

namespace Flip.Edge.Commissioning;

internal static class CommissioningHosting
{
    public static void AddCommissioning(this IServiceCollection services, EdgeSettings settings)
    {
        services.AddSingleton<CommissioningStore>();
        services.AddSingleton(provider => ClockSynchronization.OfThisMachine(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new ClockTrust(
            provider.GetRequiredService<TimeProvider>(), ClockTrust.BuildDate(), provider.GetRequiredService<ClockSynchronization>().Look,
            settings.Gateway.Clock));
        services.AddSingleton(provider => new RetryPolicy(settings.Commissioning.Retry, provider.GetRequiredService<Func<double>>()));
        services.AddFlip(settings.Flip);
        services.AddSingleton(provider => CredentialWatch.Of(
            settings.Flip.Credential, Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY"), () => provider.GetRequiredService<FlipClient>().IsCredentialRefused,
            provider.GetRequiredService<ChangeSignal>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<CredentialWatch>>()));
        services.AddWorker<CredentialWatch>("credential");
        services.AddSingleton<AttemptCounts>();
        services.AddSingleton<CommissionedDevices>();
        services.AddSingleton<PatientDisk>();
        services.AddSingleton<GivenSite>();
        services.AddSingleton<ReconcilingStep>();
        services.AddSingleton<Reload>();
        services.AddSingleton<ReadingStep>();
        services.AddSingleton<SendingStep>();
        services.AddSingleton<CommissioningTrigger>();
        services.AddWorker<CommissioningWorker>("commissioning");
    }
}
