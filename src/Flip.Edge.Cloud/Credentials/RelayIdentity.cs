using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Flip.Edge.Cloud;

/// <summary>Who the gateway is to the relay, for one request.</summary>
internal sealed class RelayIdentity(ClientCertificate certificate, X509Certificate2Collection? roots) : IDisposable
{
    public SslStreamCertificateContext Context => certificate.Context;

    /// <summary>The roots of the relay's own certificate; null for the system's.</summary>
    public X509ChainPolicy? Trust { get; } = roots is null ? null : PemFiles.Trust(roots);

    /// <inheritdoc cref="ClientCertificate.Remark"/>
    public string Remark => certificate.Remark;

    /// <inheritdoc cref="ClientCertificate.Untimely"/>
    public string? Untimely(DateTimeOffset now) => certificate.Untimely(now);

    public CommissionOutcome? WhyNot(DateTimeOffset now) => Untimely(now) is not { } sentence ? null
        : certificate.IsOver(now) ? new CommissionOutcome.Unauthorized(null, sentence)
        : new CommissionOutcome.Transient(TransientCause.CertificateNotYetValid, sentence, null, MayHaveArrived: false);

    public void Dispose()
    {
        certificate.Dispose();
        PemFiles.Dispose(roots);
    }
}
