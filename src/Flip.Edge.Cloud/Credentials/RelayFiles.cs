using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Flip.Edge.Cloud;

/// <summary>The relay's files as they are now: the identity that they make, or everything that is wrong with them.</summary>
internal sealed record RelayFiles(RelayIdentity? Identity, IReadOnlyList<CredentialFault> Faults)
{
    public static async ValueTask<RelayFiles> ReadAsync(RelayOptions options, CancellationToken cancellationToken)
    {
        List<CredentialFault> faults = [];
        X509Certificate2Collection? chain = await CertificatesAsync(options.Certificate, faults, cancellationToken).ConfigureAwait(false);
        X509Certificate2Collection? roots = options.Ca is { } ca ? await CertificatesAsync(ca, faults, cancellationToken).ConfigureAwait(false) : null;
        string? key = options.Key is { } file ? await KeyAsync(file, faults, cancellationToken).ConfigureAwait(false) : Missing(faults);
        RelayIdentity? identity = chain is null || key is null || faults.Count > 0 ? null : Join(options, chain, key, roots, faults);
        if (identity is null)
        {
            foreach (X509Certificate2 certificate in (IEnumerable<X509Certificate2>)[.. chain ?? [], .. roots ?? []]) certificate.Dispose();
        }

        return new(identity, faults);
    }

    private static string? Missing(List<CredentialFault> faults)
    {
        faults.Add(RelayOptions.NoKey);
        return null;
    }

    private static async ValueTask<X509Certificate2Collection?> CertificatesAsync(
        CredentialFile file, List<CredentialFault> faults, CancellationToken cancellationToken)
    {
        CredentialText read = await file.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (read.Text is not null)
        {
            X509Certificate2Collection found = [];
            try
            {
                found.ImportFromPem(read.Text);
            }
            catch (CryptographicException)
            {
                found.Clear();
            }

            if (found.Count > 0) return found;
            read = file.Error("holds no certificate: expected PEM, -----BEGIN CERTIFICATE-----.");
        }

        faults.Add(new(file.Key, read.Error!));
        return null;
    }

    private static async ValueTask<string?> KeyAsync(CredentialFile file, List<CredentialFault> faults, CancellationToken cancellationToken)
    {
        CredentialText read = await file.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (read.Text is { } text)
        {
            if (!text.Contains("PRIVATE KEY-----", StringComparison.Ordinal)) read = file.Error("holds no private key: expected PEM, -----BEGIN PRIVATE KEY-----.");
            else if (text.Contains("ENCRYPTED", StringComparison.Ordinal)) read = file.Error("is encrypted: expected a key without a passphrase, kept safe by its mode 0600.");
            else return text;
        }

        faults.Add(new(file.Key, read.Error!));
        return null;
    }

    private static RelayIdentity? Join(
        RelayOptions options, X509Certificate2Collection chain, string key, X509Certificate2Collection? roots, List<CredentialFault> faults)
    {
        try
        {
            X509Certificate2 certificate = X509Certificate2.CreateFromPem(chain[0].ExportCertificatePem(), key);
            return new(certificate, chain, roots, options.CertificateFile);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            // .NET quotes no character of a key, but neither does it say which of the two is wrong.
            CredentialFile file = options.Key!;
            faults.Add(new(file.Key, file.Error($"does not fit the first certificate of {options.CertificateFile}, or is damaged: put the pair in place together.").Error!));
            return null;
        }
    }
}
