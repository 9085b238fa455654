using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Flip.Edge.Cloud;

/// <summary>Reads certificates and keys from PEM files. What is wrong with a file is added to the faults, and nothing of a key is quoted.</summary>
internal static class PemFiles
{
    /// <summary>A chain of ten certificates has some 20 kB.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>All of a key's file but its path.</summary>
    public static CredentialFile KeyForm(string key) => new("", "key file", key, MaxBytes);

    /// <summary>The fault of a client certificate for which no key is named, and for which systemd handed none over.</summary>
    public static CredentialFault NoKey(string key, string? credentialsDirectory, string credentialName) =>
        new(key, $"No key is configured for the client certificate: {SystemdCredential.Advice(credentialsDirectory, credentialName, key)}")
        {
            CopyOf = SystemdCredential.Original(null, credentialsDirectory, credentialName),
        };

    public static async ValueTask<X509Certificate2Collection?> CertificatesAsync(
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

        faults.Add(new(file.Key, read.Error!) { IsMissing = read.IsMissing, CopyOf = file.CopyOf });
        return null;
    }

    public static async ValueTask<string?> KeyAsync(CredentialFile file, List<CredentialFault> faults, CancellationToken cancellationToken)
    {
        CredentialText read = await file.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (read.Text is { } text)
        {
            if (!text.Contains("PRIVATE KEY-----", StringComparison.Ordinal)) read = file.Error("holds no private key: expected PEM, -----BEGIN PRIVATE KEY-----.");
            else if (text.Contains("ENCRYPTED", StringComparison.Ordinal)) read = file.Error("is encrypted: expected a key without a passphrase, kept safe by its mode 0600.");
            else return text;
        }

        faults.Add(new(file.Key, read.Error!) { IsMissing = read.IsMissing, CopyOf = file.CopyOf });
        return null;
    }

    /// <summary>
    /// Whom a server's certificate must come from: these roots and no others, or those of the system. A link that the server does not send is
    /// not fetched from the address that its certificate names: anybody can write one into a certificate, and a gateway asks nobody but Flip.
    /// </summary>
    /// <remarks>The native binary has nothing to fetch with (Unreachable.xml of the daemon): each connection by TLS needs this policy.</remarks>
    public static X509ChainPolicy Trust(X509Certificate2Collection? roots)
    {
        X509ChainPolicy trust = new() { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        if (roots is null) return trust;
        trust.TrustMode = X509ChainTrustMode.CustomRootTrust;
        trust.CustomTrustStore.AddRange(roots);
        return trust;
    }

    public static void Dispose(X509Certificate2Collection? certificates)
    {
        foreach (X509Certificate2 certificate in certificates ?? []) certificate.Dispose();
    }
}
