using Flip.Edge.Cloud;

namespace Flip.Edge.Configuration;

/// <summary>
/// Looks at the files of the credential. Only <c>config check</c> does: the daemon starts without them, says so, and goes on once they
/// are there. What systemd hands over is not known here.
/// </summary>
internal static class CredentialFiles
{
    public static async Task<IReadOnlyList<ConfigurationError>> CheckAsync(CredentialSettings? settings, DateTimeOffset now, CancellationToken cancellationToken)
    {
        IReadOnlyList<CredentialFault> faults = settings switch
        {
            CredentialSettings.Token { File: { } file } => One(await new TokenFileCredential(file, null).CheckAsync(cancellationToken)),
            CredentialSettings.OAuth { SecretFile: { } file } => One(await new OAuthOptions { ClientId = "", ClientSecretFile = file }.CheckAsync(cancellationToken)),
            CredentialSettings.Relay relay when Path.IsPathRooted(relay.CertificateFile) && (relay.CaFile is null || Path.IsPathRooted(relay.CaFile)) =>
                await new RelayOptions { CertificateFile = relay.CertificateFile, KeyFile = relay.KeyFile, CaFile = relay.CaFile }.CheckAsync(now, cancellationToken),
            _ => [],
        };
        return [.. faults.Select(fault => new ConfigurationError(fault.Key, fault.Sentence))];
    }

    private static CredentialFault[] One(CredentialFault? fault) => fault is null ? [] : [fault];
}
