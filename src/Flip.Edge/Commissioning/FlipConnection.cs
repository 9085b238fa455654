using Flip.Edge.Cloud;
using Flip.Edge.Configuration;

namespace Flip.Edge.Commissioning;

/// <summary>Makes the client of Flip's cloud from the settings, with one of the three credentials.</summary>
internal static class FlipConnection
{
    public static void AddFlip(this IServiceCollection services, FlipSettings settings)
    {
        string? credentials = Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY");
        FlipClientOptions options = new() { BaseUrl = settings.BaseUrl, Timeout = settings.Timeout, Relay = Relay(settings.Credential, credentials) };
        services.AddSingleton(provider => Credential(settings.Credential, options, credentials, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new FlipClient(
            options, provider.GetRequiredService<IFlipCredential>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => FlipUnderPowerCuts.Around(provider.GetRequiredService<FlipClient>()));
        services.AddSingleton(provider => FlipSitesUnderPowerCuts.Around(provider.GetRequiredService<FlipClient>()));
    }

    private static IFlipCredential Credential(CredentialSettings settings, FlipClientOptions http, string? credentials, TimeProvider time) => settings switch
    {
        CredentialSettings.Token token => new TokenFileCredential(token.File, credentials),
        CredentialSettings.OAuth oauth => new OAuthCredential(
            new() { TokenEndpoint = oauth.TokenEndpoint, ClientId = oauth.ClientId, ClientSecretFile = oauth.SecretFile, CredentialsDirectory = credentials },
            http,
            time),
        CredentialSettings.Relay => new RelayCredential(settings.Original(credentials)),
        _ => throw new ArgumentOutOfRangeException(nameof(settings)),
    };

    private static RelayOptions? Relay(CredentialSettings settings, string? credentials) => settings is CredentialSettings.Relay relay
        ? new() { CertificateFile = relay.CertificateFile, KeyFile = relay.KeyFile, CaFile = relay.CaFile, CredentialsDirectory = credentials }
        : null;
}
