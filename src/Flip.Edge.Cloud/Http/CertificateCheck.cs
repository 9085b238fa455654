using System.Globalization;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Flip.Edge.Cloud;

/// <summary>A certificate that failed, with the reason: thrown out of the handshake so that the reason is not lost.</summary>
internal sealed class CertificateException(TransientCause cause, string message) : AuthenticationException(message)
{
    public TransientCause Cause { get; } = cause;
}

/// <summary>Says why a certificate is refused. It never accepts one that the platform refuses.</summary>
internal static class CertificateCheck
{
    public static RemoteCertificateValidationCallback Callback(TimeProvider time) => (_, _, chain, errors) =>
        errors == SslPolicyErrors.None ? true : throw Refusal(errors, chain, time.GetUtcNow());

    public static CertificateException Refusal(SslPolicyErrors errors, X509Chain? chain, DateTimeOffset now)
    {
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable)) return new(TransientCause.Tls, "the server showed no certificate");
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)) return new(TransientCause.Tls, "the certificate is another host's");
        X509ChainStatusFlags flags = chain?.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status) ?? default;
        DateTimeOffset validFrom = chain?.ChainElements.Select(element => new DateTimeOffset(element.Certificate.NotBefore)).DefaultIfEmpty().Max() ?? default;
        return flags == X509ChainStatusFlags.NotTimeValid && validFrom > now
            ? new(TransientCause.CertificateNotYetValid, $"the certificate is valid from {Second(validFrom)}, and the gateway's clock says {Second(now)}")
            : new(TransientCause.Tls, $"the certificate is not trusted ({flags}), and the gateway's clock says {Second(now)}{Advice(flags)}");
    }

    // Browsers fetch a link that is missing, and hide that a server does not send it (RFC 8446, 4.4.2); the gateway does not (PemFiles.Trust).
    private static string Advice(X509ChainStatusFlags flags) => flags switch
    {
        _ when flags.HasFlag(X509ChainStatusFlags.PartialChain) =>
            ": the server does not send its intermediate certificate, or is of an authority that is unknown here; have it send its whole chain, or add the authority's certificate to those trusted here",
        _ when flags.HasFlag(X509ChainStatusFlags.UntrustedRoot) =>
            ": it is of an authority that is unknown here, as that of a proxy that opens TLS; take the proxy out of the way, or add the authority's certificate to those trusted here",
        _ => "",
    };

    private static string Second(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
