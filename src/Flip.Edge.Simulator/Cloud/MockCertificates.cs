using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Flip.Edge.Simulator.Cloud;

/// <summary>A certificate that a server may show.</summary>
public enum MockCertificate
{
    /// <summary>The right one, for <c>localhost</c> and 127.0.0.1.</summary>
    Good,

    /// <summary>One that ended a day ago.</summary>
    Expired,

    /// <summary>One that begins in a year: what a gateway sees whose clock is behind.</summary>
    NotYetValid,

    /// <summary>Another host's.</summary>
    OtherHost,

    /// <summary>One of an authority that nobody trusts: a captive portal in the middle.</summary>
    Untrusted,
}

/// <summary>
/// An authority made at run time, and a server's certificates from it. A process trusts it with the environment variable
/// <c>SSL_CERT_FILE</c> (docs.openssl.org/master/man3/X509_get_default_cert_file), without being built for a test.
/// </summary>
public sealed class MockCertificates : IDisposable
{
    private readonly X509Certificate2 _authority;
    private readonly Dictionary<MockCertificate, X509Certificate2> _certificates = [];

    /// <summary>Makes the authority and one certificate of each kind.</summary>
    /// <param name="now">The day of which the good one is in the middle.</param>
    public MockCertificates(DateTimeOffset now)
    {
        _authority = Authority("Flip.Edge mock authority", now);
        using X509Certificate2 stranger = Authority("Somebody else's authority", now);
        _certificates[MockCertificate.Good] = Issue(_authority, "localhost", now.AddDays(-30), now.AddDays(30));
        _certificates[MockCertificate.Expired] = Issue(_authority, "localhost", now.AddDays(-60), now.AddDays(-1));
        _certificates[MockCertificate.NotYetValid] = Issue(_authority, "localhost", now.AddYears(1), now.AddYears(2));
        _certificates[MockCertificate.OtherHost] = Issue(_authority, "portal.invalid", now.AddDays(-30), now.AddDays(30));
        _certificates[MockCertificate.Untrusted] = Issue(stranger, "localhost", now.AddDays(-30), now.AddDays(30));
    }

    /// <summary>The authority's certificate, PEM: what <c>SSL_CERT_FILE</c> names.</summary>
    public string AuthorityPem => _authority.ExportCertificatePem();

    internal X509Certificate2 this[MockCertificate kind] => _certificates[kind];

    /// <inheritdoc/>
    public void Dispose()
    {
        _authority.Dispose();
        foreach (X509Certificate2 certificate in _certificates.Values) certificate.Dispose();
    }

    private static X509Certificate2 Authority(string name, DateTimeOffset now)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        return request.CreateSelfSigned(now.AddYears(-5), now.AddYears(5));
    }

    private static X509Certificate2 Issue(X509Certificate2 authority, string host, DateTimeOffset from, DateTimeOffset to)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={host}", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName(host);
        if (host == "localhost") names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 bare = request.Create(authority, from, to, RandomNumberGenerator.GetBytes(16));
        return bare.CopyWithPrivateKey(key);
    }
}
