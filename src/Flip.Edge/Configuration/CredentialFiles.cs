using Flip.Edge.Cloud;

namespace Flip.Edge.Configuration;

/// <summary>
/// Looks at the files of the credential: <c>config check</c>, which does not know what systemd will hand over, and the running daemon, which
/// starts without them, says so, and goes on once they are there.
/// </summary>
internal static class CredentialFiles
{
    /// <summary>Why nothing can be sent with a credential as its files are now; null when it may be tried.</summary>
    /// <param name="settings">The credential.</param>
    /// <param name="credentialsDirectory">The value of <c>$CREDENTIALS_DIRECTORY</c>; null where systemd gave none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<string?> WhyUnusableAsync(CredentialSettings settings, string? credentialsDirectory, CancellationToken cancellationToken)
    {
        IReadOnlyList<CredentialFault> faults = settings switch
        {
            CredentialSettings.Token token => One(await new TokenFileCredential(token.File, credentialsDirectory).CheckAsync(cancellationToken)),
            CredentialSettings.OAuth oauth => One(await new OAuthOptions { ClientId = "", ClientSecretFile = oauth.SecretFile, CredentialsDirectory = credentialsDirectory }.CheckAsync(cancellationToken)),
            CredentialSettings.Relay relay => await new RelayOptions
            {
                CertificateFile = relay.CertificateFile,
                KeyFile = relay.KeyFile,
                CaFile = relay.CaFile,
                CredentialsDirectory = credentialsDirectory,
            }.FaultsAsync(cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(settings)),
        };
        return faults.Count == 0 ? null : string.Join(' ', faults.Select(fault => fault.Sentence)).TrimEnd('.');
    }

    /// <summary>Looks at the files that are named; <see cref="LoadedFiles"/> does at those that systemd is to hand over.</summary>
    /// <returns>What has to be mended, and what is only not there yet: the daemon starts without it, and the file may follow (ADR 26).</returns>
    public static async Task<(IReadOnlyList<ConfigurationError> Errors, IReadOnlyList<string> Warnings)> CheckAsync(CredentialSettings? settings, DateTimeOffset now, CancellationToken cancellationToken)
    {
        IReadOnlyList<CredentialFault> faults = settings switch
        {
            CredentialSettings.Token { File: { } file } => One(await new TokenFileCredential(file, null).CheckAsync(cancellationToken)),
            CredentialSettings.OAuth { SecretFile: { } file } => One(await new OAuthOptions { ClientId = "", ClientSecretFile = file }.CheckAsync(cancellationToken)),
            CredentialSettings.Relay relay => await CheckAsync(relay, now, cancellationToken),
            _ => [],
        };
        return (
            [.. faults.Where(fault => !fault.IsMissing).Select(fault => new ConfigurationError(fault.Key, fault.Sentence))],
            [.. faults.Where(fault => fault.IsMissing).Select(fault => $"{fault.Key}: {fault.Sentence.TrimEnd('.')}; nothing can be sent to Flip without it")]);
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
