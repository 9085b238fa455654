using System.Security.Cryptography.X509Certificates;

namespace Flip.Edge.Cloud;

/// <summary>The relay's files as they are now: the identity that they make, or everything that is wrong with them.</summary>
internal sealed record RelayFiles(RelayIdentity? Identity, IReadOnlyList<CredentialFault> Faults)
{
    public static async ValueTask<RelayFiles> ReadAsync(RelayOptions options, CancellationToken cancellationToken, DateTimeOffset? now = null)
    {
        List<CredentialFault> faults = [];
        ClientCertificate? certificate = await ClientCertificate.ReadAsync(options.Certificate, options.Key, options.NoKey, faults, cancellationToken, now).ConfigureAwait(false);
        X509Certificate2Collection? roots = options.Ca is { } ca ? await PemFiles.CertificatesAsync(ca, faults, cancellationToken).ConfigureAwait(false) : null;
        if (certificate is not null && faults.Count == 0) return new(new(certificate, roots), faults);
        certificate?.Dispose();
        PemFiles.Dispose(roots);
        return new(null, faults);
    }
}
