using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Flip.Edge.SystemTests.Support;

/// <summary>A CA of the test's own, and PEM files of certificates from it.</summary>
internal sealed class TestCertificates : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly X509Certificate2 _authority;

    public TestCertificates(string name = "a test's CA")
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        _authority = request.CreateSelfSigned(Now.AddYears(-1), Now.AddYears(1));
        AuthorityFile = _folder.Write("ca.pem", _authority.ExportCertificatePem());
    }

    /// <summary>The CA's certificate.</summary>
    public string AuthorityFile { get; }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>A certificate for a host name or an address, and its key. It can name a server that tells whether it was revoked (OCSP).</summary>
    public (string Certificate, string Key) Issue(string name, DateTimeOffset? end = null, string? ocsp = null)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        if (IPAddress.TryParse(name, out IPAddress? address)) names.AddIpAddress(address);
        else names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        if (ocsp is not null) request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension([ocsp], null));
        using X509Certificate2 certificate = request.Create(_authority, Now.AddDays(-30), end ?? Now.AddDays(30), RandomNumberGenerator.GetBytes(8));
        string file = _folder.Write($"{name}.key", key.ExportPkcs8PrivateKeyPem());
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return (_folder.Write($"{name}.pem", certificate.ExportCertificatePem()), file);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }
}
