using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Flip.Edge.Cloud;
using Flip.Edge.Configuration;

namespace Flip.Edge.Mqtt;

/// <summary>The certificates of one connection: whom the broker's must come from, and who the gateway is to it.</summary>
internal sealed class BrokerTrust(X509Certificate2Collection? roots, ClientCertificate? certificate) : IDisposable
{
    /// <summary>The systemd credential of the client certificate's key.</summary>
    public const string CredentialName = "flip-mqtt-key";

    private const string CaKey = "Mqtt:CaFile", CertificateKey = "Mqtt:CertificateFile", KeyKey = "Mqtt:KeyFile";

    /// <summary>What to know of the client certificate when a handshake fails; null without one.</summary>
    public string? Remark => certificate?.Remark;

    /// <summary>Reads the files, anew for each connect: certificates are rotated.</summary>
    /// <returns>The certificates, or everything that is wrong with the files.</returns>
    public static async ValueTask<(BrokerTrust? Trust, IReadOnlyList<CredentialFault> Faults)> ReadAsync(
        MqttTlsSettings settings, string? credentialsDirectory, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<CredentialFault> faults = [];
        X509Certificate2Collection? roots = settings.CaFile is null
            ? null
            : await PemFiles.CertificatesAsync(new(settings.CaFile, "CA file", CaKey, PemFiles.MaxBytes, IsSecret: false), faults, cancellationToken);
        ClientCertificate? certificate = settings.CertificateFile is null
            ? null
            : await ClientCertificate.ReadAsync(
                new(settings.CertificateFile, "certificate file", CertificateKey, PemFiles.MaxBytes, IsSecret: false),
                KeyFile(settings.KeyFile, credentialsDirectory), NoKey(credentialsDirectory), faults, cancellationToken, now);
        // A key alone is an error of the configuration already; config check tells what is wrong with its file in the same round.
        if (settings is { CertificateFile: null, KeyFile: not null }) await PemFiles.KeyAsync(KeyFile(settings.KeyFile, null)!, faults, cancellationToken);
        BrokerTrust trust = new(roots, certificate);
        if (faults.Count == 0) return (trust, faults);
        trust.Dispose();
        return (null, faults);
    }

    /// <summary>Whether a fault is only that systemd's part is not known here, as for <c>config check</c>.</summary>
    public static bool IsForSystemd(CredentialFault fault) => fault == NoKey(null);

    /// <param name="host">The name, or address, that the broker's certificate must be for.</param>
    /// <param name="time">The clock that certificates are judged by, in messages.</param>
    public SslClientAuthenticationOptions Options(string host, TimeProvider time) => new()
    {
        TargetHost = host,
        RemoteCertificateValidationCallback = BrokerCertificate.Callback(host, hasOwnRoots: roots is not null, time),
        CertificateChainPolicy = PemFiles.Trust(roots),
        ClientCertificateContext = certificate?.Context,

        // A broker asks for what it wants in the first handshake. Each further one costs both sides a key exchange, as often as it likes.
        AllowRenegotiation = false,

        // A resumed session would go on under the certificate of the first one.
        AllowTlsResume = false,
    };

    public void Dispose()
    {
        certificate?.Dispose();
        PemFiles.Dispose(roots);
    }

    private static CredentialFile? KeyFile(string? configured, string? credentialsDirectory) =>
        SystemdCredential.Choose(configured, credentialsDirectory, CredentialName, PemFiles.KeyForm(KeyKey));

    private static CredentialFault NoKey(string? credentialsDirectory) => PemFiles.NoKey(KeyKey, credentialsDirectory, CredentialName);
}
