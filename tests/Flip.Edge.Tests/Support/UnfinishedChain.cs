using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Flip.Edge.Tests.Support;

/// <summary>
/// A server with TLS on loopback that does not send its intermediate certificate, and a second port that its certificate names as the place to
/// fetch that from (RFC 5280, 4.2.2.1).
/// </summary>
internal sealed class UnfinishedChain : IAsyncDisposable
{
    private readonly TcpListener _server = new(IPAddress.Loopback, 0), _issuer = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _served;
    private int _asked;

    public UnfinishedChain()
    {
        _server.Start();
        _issuer.Start();
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using ECDsa rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256), key = ECDsa.Create(ECCurve.NamedCurves.nistP256), leafKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Root = Authority("root", rootKey).CreateSelfSigned(now.AddYears(-1), now.AddYears(1));
        using X509Certificate2 signed = Authority("intermediate", key).Create(Root, now.AddDays(-9), now.AddDays(9), [1]);
        using X509Certificate2 intermediate = signed.CopyWithPrivateKey(key);
        CertificateRequest request = new("CN=localhost", leafKey, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(null, [$"http://127.0.0.1:{((IPEndPoint)_issuer.LocalEndpoint).Port}/intermediate.crt"]));
        using X509Certificate2 leaf = request.Create(intermediate, now.AddDays(-1), now.AddDays(1), [2]);
        Leaf = leaf.CopyWithPrivateKey(leafKey);
        _served = Task.WhenAll(AcceptAsync(_server, ShakeHandsAsync), AcceptAsync(_issuer, RefuseAsync));
    }

    public X509Certificate2 Root { get; }

    public X509Certificate2 Leaf { get; }

    public int Port => ((IPEndPoint)_server.LocalEndpoint).Port;

    /// <summary>How often somebody connected in order to fetch the intermediate certificate.</summary>
    public int Asked => Volatile.Read(ref _asked);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _served;
        _server.Dispose();
        _issuer.Dispose();
        _stop.Dispose();
        Leaf.Dispose();
        Root.Dispose();
    }

    private static CertificateRequest Authority(string name, ECDsa key)
    {
        CertificateRequest request = new($"CN=Unfinished {name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request;
    }

    private async Task AcceptAsync(TcpListener listener, Func<Stream, Task> serve)
    {
        try
        {
            while (true)
            {
                using TcpClient client = await listener.AcceptTcpClientAsync(_stop.Token);
                await serve(client.GetStream());
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task ShakeHandsAsync(Stream stream)
    {
        await using SslStream tls = new(stream);
        try
        {
            // Offline: the server itself fetches nothing either.
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = SslStreamCertificateContext.Create(Leaf, null, offline: true) }, _stop.Token);
            await tls.CopyToAsync(Stream.Null, _stop.Token);
        }
        catch (Exception refused) when (refused is IOException or AuthenticationException)
        {
            // The client does not trust it, which is right.
        }
    }

    private async Task RefuseAsync(Stream stream)
    {
        Interlocked.Increment(ref _asked);
        await stream.WriteAsync("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), _stop.Token);
    }
}
