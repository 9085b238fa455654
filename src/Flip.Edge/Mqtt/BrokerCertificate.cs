using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Flip.Edge.Mqtt;

/// <summary>Says why a broker's certificate is refused, and what to do. It never accepts one that the platform refuses.</summary>
internal static class BrokerCertificate
{
    private const int MostNames = 5;

    /// <summary>Throws the reason out of the handshake, where it would be lost otherwise.</summary>
    public static RemoteCertificateValidationCallback Callback(string host, bool hasOwnRoots, TimeProvider time) => (_, certificate, chain, errors) =>
        errors == SslPolicyErrors.None ? true : throw new BrokerException(BrokerTrouble.Away, Refusal(host, hasOwnRoots, certificate, chain, errors, time.GetUtcNow()));

    private static string Refusal(string host, bool hasOwnRoots, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors, DateTimeOffset now)
    {
        if (shown is not X509Certificate2 certificate) return "the broker showed no certificate";

        // The time before the name: a certificate that is over is renewed, and the new one may have the right name.
        X509ChainStatusFlags flags = chain?.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status) ?? default;
        if (flags.HasFlag(X509ChainStatusFlags.NotTimeValid)) return Untimely(certificate, chain!, now);
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return $"the broker's certificate is for {Names(certificate)}, and not for {host}: set Mqtt:Host to the name in the certificate, or have one made for {host}";
        }

        return flags.HasFlag(X509ChainStatusFlags.UntrustedRoot) || flags.HasFlag(X509ChainStatusFlags.PartialChain)
            ? $"the broker's certificate comes from {Issuer(chain, certificate)}, which {(hasOwnRoots ? "is not among those in Mqtt:CaFile: put its CA's certificate there" : "this system does not trust: name its CA's certificate in Mqtt:CaFile")}{(flags.HasFlag(X509ChainStatusFlags.PartialChain) ? "; if it is there, have the broker send its intermediate certificate too" : "")}"
            : $"the broker's certificate is not trusted ({flags})";
    }

    private static string Untimely(X509Certificate2 shown, X509Chain chain, DateTimeOffset now)
    {
        // Which of the chain it is, is told by its subject.
        X509Certificate2 wrong = chain.ChainElements.Select(element => element.Certificate).FirstOrDefault(one => now > one.NotAfter || now < one.NotBefore) ?? shown;
        string whose = wrong.RawData.AsSpan().SequenceEqual(shown.RawData) ? "the broker's certificate" : $"the certificate of the broker's CA ({Quoted(wrong.Subject)})";
        return now < wrong.NotBefore
            ? $"{whose} is valid from {Second(wrong.NotBefore)}, and the gateway's clock says {Second(now)}: the clock may not be set yet"
            : $"{whose} has expired: it was valid until {Second(wrong.NotAfter)}, and the gateway's clock says {Second(now)}; the broker needs a new one";
    }

    private static string Names(X509Certificate2 certificate)
    {
        string[] names = [.. certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(extension => extension.EnumerateDnsNames().Concat(extension.EnumerateIPAddresses().Select(address => address.ToString())))];
        if (names.Length == 0) return certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false) is { Length: > 0 } name ? Quoted(name) : "nobody";
        return Quoted(string.Join(", ", names.Take(MostNames))) + (names.Length > MostNames ? $" and {names.Length - MostNames} more" : "");
    }

    private static string Issuer(X509Chain? chain, X509Certificate2 certificate) =>
        chain?.ChainElements.LastOrDefault()?.Certificate.Issuer is { Length: > 0 } last ? $"\"{Quoted(last)}\"" : $"\"{Quoted(certificate.Issuer)}\"";

    // Whoever plays the broker writes the names in a certificate.
    private static string Quoted(string name) => BrokerLogin.None.Quoted(name);

    private static string Second(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
