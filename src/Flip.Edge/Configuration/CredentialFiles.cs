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
            CredentialSettings.Relay relay => await CheckAsync(relay, now, cancellationToken),
            _ => [],
        };
        return [.. faults.Select(fault => new ConfigurationError(fault.Key, fault.Sentence))];
    }

    // A path that is no path is an error of the configuration already; the other files are looked at in the same round.
    private static async Task<IReadOnlyList<CredentialFault>> CheckAsync(CredentialSettings.Relay relay, DateTimeOffset now, CancellationToken cancellationToken)
    {
        RelayOptions options = new() { CertificateFile = relay.CertificateFile, KeyFile = relay.KeyFile, CaFile = Path.IsPathRooted(relay.CaFile) ? relay.CaFile : null };
        if (Path.IsPathRooted(relay.CertificateFile)) return await options.CheckAsync(now, cancellationToken);
        List<CredentialFault> faults = [];
        if (options.Key is { } key) await PemFiles.KeyAsync(key, faults, cancellationToken);
        if (options.Ca is { } ca) PemFiles.Dispose(await PemFiles.CertificatesAsync(ca, faults, cancellationToken));
        return faults;
    }

    private static CredentialFault[] One(CredentialFault? fault) => fault is null ? [] : [fault];
}
