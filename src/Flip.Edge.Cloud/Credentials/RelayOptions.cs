namespace Flip.Edge.Cloud;

/// <summary>The client certificate for the OEM's own relay, in PEM files that are read before every request: certificates are rotated.</summary>
public sealed record RelayOptions
{
    /// <summary>The systemd credential of the private key.</summary>
    public const string CredentialName = "flip-relay-key";

    private const string CertificateKey = "Flip:Relay:CertificateFile", KeyKey = "Flip:Relay:KeyFile", CaKey = "Flip:Relay:CaFile";

    /// <summary>The certificate, followed by its intermediates.</summary>
    public required string CertificateFile { get; init; }

    /// <summary>Its private key, without a passphrase; null for the systemd credential.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The roots that the relay's own certificate must come from, and no others; null for the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>The value of <c>$CREDENTIALS_DIRECTORY</c>, or null where systemd gave none.</summary>
    public string? CredentialsDirectory { get; init; }

    internal CredentialFile Certificate => new(CertificateFile, "certificate file", CertificateKey, PemFiles.MaxBytes, IsSecret: false);

    internal CredentialFile? Ca => CaFile is null ? null : new(CaFile, "CA file", CaKey, PemFiles.MaxBytes, IsSecret: false);

    internal CredentialFile? Key => SystemdCredential.Choose(KeyFile, CredentialsDirectory, CredentialName, PemFiles.KeyForm(KeyKey));

    internal CredentialFault NoKey => PemFiles.NoKey(KeyKey, CredentialsDirectory, CredentialName);

    /// <summary>Looks at all files as a request does, the key that systemd hands over included, and not at the certificate's time.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Everything that keeps them from being used.</returns>
    public async ValueTask<IReadOnlyList<CredentialFault>> FaultsAsync(CancellationToken cancellationToken)
    {
        RelayFiles files = await RelayFiles.ReadAsync(this, cancellationToken).ConfigureAwait(false);
        using (files.Identity) return files.Faults;
    }

    /// <summary>Looks at all files that are known here; a key that systemd will hand over is not missed.</summary>
    /// <param name="now">The time, for the certificate's own.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Everything that is wrong with them.</returns>
    public async ValueTask<IReadOnlyList<CredentialFault>> CheckAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        RelayFiles files = await RelayFiles.ReadAsync(this, cancellationToken, now).ConfigureAwait(false);
        using (files.Identity) return [.. files.Faults.Where(fault => fault != NoKey)];
    }
}
