using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Flip.Edge.Cloud;

/// <summary>A client certificate with its intermediates and its key, as the files hold them at this moment.</summary>
internal sealed class ClientCertificate : IDisposable
{
    // Of a certificate's public key: RFC 3279, 2.3.1 and 2.3.5.
    private const string Rsa = "1.2.840.113549.1.1.1", EllipticCurve = "1.2.840.10045.2.1";

    private readonly X509Certificate2 _certificate;
    private readonly X509Certificate2Collection _chain;
    private readonly string _file;

    private ClientCertificate(X509Certificate2 certificate, X509Certificate2Collection chain, string file)
    {
        (_certificate, _chain, _file) = (certificate, chain, file);

        // Offline: the chain is what stands in the file, and is not looked for on the internet.
        Context = SslStreamCertificateContext.Create(certificate, chain, offline: true);
    }

    public SslStreamCertificateContext Context { get; }

    /// <summary>What to know of the certificate when a connection fails: a server that refuses it seldom says so.</summary>
    public string Remark => $"the client certificate in {_file} is valid until {Second(End)}";

    private DateTimeOffset End => new(_certificate.NotAfter);

    /// <summary>Reads both files. Null when one of them has a fault; a certificate whose time is over or has not come is a fault as well where <paramref name="now"/> is given.</summary>
    public static async ValueTask<ClientCertificate?> ReadAsync(
        CredentialFile file, CredentialFile? keyFile, CredentialFault noKey, List<CredentialFault> faults, CancellationToken cancellationToken, DateTimeOffset? now = null)
    {
        X509Certificate2Collection? chain = await PemFiles.CertificatesAsync(file, faults, cancellationToken).ConfigureAwait(false);
        if (chain is not null && now is { } at && WhyUntimely(file.Path, chain[0], at) is { } untimely) faults.Add(new(file.Key, untimely));
        string? key = null;
        if (keyFile is null) faults.Add(noKey);
        else key = await PemFiles.KeyAsync(keyFile, faults, cancellationToken).ConfigureAwait(false);
        ClientCertificate? whole = chain is null || key is null ? null : Join(file, chain, keyFile!, key, faults);
        if (whole is null) PemFiles.Dispose(chain);
        return whole;
    }

    /// <summary>Whether its time is over.</summary>
    public bool IsOver(DateTimeOffset now) => now > End;

    /// <summary>
    /// The sentence for a certificate whose time is over or has not come. Nothing is sent with such a one: under TLS 1.3 the refusal
    /// comes after the client's part of the handshake and looks like a lost connection, which would be a try of unknown outcome.
    /// </summary>
    public string? Untimely(DateTimeOffset now) => WhyUntimely(_file, _certificate, now);

    public void Dispose()
    {
        _certificate.Dispose();
        PemFiles.Dispose(_chain);
    }

    private static ClientCertificate? Join(
        CredentialFile file, X509Certificate2Collection chain, CredentialFile keyFile, string key, List<CredentialFault> faults)
    {
        try
        {
            if (WithKey(chain[0], key) is { } certificate) return new(certificate, chain, file.Path);
            Oid algorithm = chain[0].PublicKey.Oid;
            faults.Add(new(file.Key, file.Error($"holds a certificate with a key of {algorithm.FriendlyName ?? algorithm.Value}: expected RSA or an elliptic curve (ECDSA).").Error!));
            return null;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            // .NET quotes no character of a key, but neither does it say which of the two is wrong.
            faults.Add(new(keyFile.Key, keyFile.Error($"does not fit the first certificate of {file.Path}, or is damaged: put the pair in place together.").Error!) { CopyOf = keyFile.CopyOf });
            return null;
        }
    }

    // Not X509Certificate2.CreateFromPem: it takes keys of ten kinds, of which OpenSSL in the field knows two, and those others are 0.1 MB of the
    // native binary.
    private static X509Certificate2? WithKey(X509Certificate2 certificate, string pem)
    {
        switch (certificate.PublicKey.Oid.Value)
        {
            case Rsa:
                using (RSA key = RSA.Create())
                {
                    key.ImportFromPem(pem);
                    return certificate.CopyWithPrivateKey(key);
                }

            case EllipticCurve:
                using (ECDsa key = ECDsa.Create())
                {
                    key.ImportFromPem(pem);
                    return certificate.CopyWithPrivateKey(key);
                }

            default:
                return null;
        }
    }

    private static string? WhyUntimely(string file, X509Certificate2 certificate, DateTimeOffset now)
    {
        DateTimeOffset begin = new(certificate.NotBefore), end = new(certificate.NotAfter);
        return now > end
            ? $"The client certificate in {file} has expired: it was valid until {Second(end)}, and the gateway's clock says {Second(now)}; put a new one in place."
            : now < begin ? $"The client certificate in {file} is valid from {Second(begin)}, and the gateway's clock says {Second(now)}." : null;
    }

    private static string Second(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
