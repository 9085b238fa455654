using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Flip.Edge.Cloud;

/// <summary>Who the gateway is to the relay, for one request.</summary>
internal sealed class RelayIdentity : IDisposable
{
    private readonly X509Certificate2 _certificate;
    private readonly X509Certificate2Collection _chain;
    private readonly X509Certificate2Collection? _roots;
    private readonly string _file;

    public RelayIdentity(X509Certificate2 certificate, X509Certificate2Collection chain, X509Certificate2Collection? roots, string file)
    {
        (_certificate, _chain, _roots, _file) = (certificate, chain, roots, file);

        // Offline: the chain is what stands in the file, and is not looked for on the internet.
        Context = SslStreamCertificateContext.Create(certificate, chain, offline: true);
        if (roots is null) return;
        Trust = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        Trust.CustomTrustStore.AddRange(roots);
    }

    public SslStreamCertificateContext Context { get; }

    /// <summary>The roots of the relay's own certificate; null for the system's.</summary>
    public X509ChainPolicy? Trust { get; }

    /// <summary>What to know of the certificate when a request fails: a relay that refuses it seldom says so.</summary>
    public string Remark => $"the client certificate in {_file} is valid until {Second(End)}";

    private DateTimeOffset Begin => new(_certificate.NotBefore);

    private DateTimeOffset End => new(_certificate.NotAfter);

    /// <summary>
    /// The sentence for a certificate whose time is over or has not come. Nothing is sent with such a one: under TLS 1.3 the refusal
    /// comes after the client's part of the handshake and looks like a lost connection, which would be a try of unknown outcome.
    /// </summary>
    public string? Untimely(DateTimeOffset now) => now > End
        ? $"The client certificate in {_file} has expired: it was valid until {Second(End)}, and the gateway's clock says {Second(now)}; put a new one in place."
        : now < Begin ? $"The client certificate in {_file} is valid from {Second(Begin)}, and the gateway's clock says {Second(now)}." : null;

    public CommissionOutcome? WhyNot(DateTimeOffset now) => Untimely(now) is not { } sentence ? null
        : now > End ? new CommissionOutcome.Unauthorized(null, sentence)
        : new CommissionOutcome.Transient(TransientCause.CertificateNotYetValid, sentence, null, MayHaveArrived: false);

    public void Dispose()
    {
        _certificate.Dispose();
        foreach (X509Certificate2 certificate in (IEnumerable<X509Certificate2>)[.. _chain, .. _roots ?? []]) certificate.Dispose();
    }

    private static string Second(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
