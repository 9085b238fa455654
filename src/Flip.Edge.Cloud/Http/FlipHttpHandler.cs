namespace Flip.Edge.Cloud;

internal static class FlipHttpHandler
{
    /// <summary>
    /// A handler that does what it is told once: no redirects (the token would go along), no cookies, no decompression (a small answer
    /// could grow without end; None is the default, and to set it links brotli and zlib), and a new connection for each request (a request on one that had idled may be lost, or sent twice).
    /// </summary>
    public static SocketsHttpHandler Create(FlipClientOptions options, RelayIdentity? identity, TimeProvider time)
    {
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = options.ConnectTimeout,
            PooledConnectionLifetime = TimeSpan.Zero,
            ActivityHeadersPropagator = null,
        };
        handler.SslOptions.RemoteCertificateValidationCallback = CertificateCheck.Callback(time);
        handler.SslOptions.CertificateChainPolicy = identity?.Trust ?? options.ChainPolicy ?? PemFiles.Trust(null);
        handler.SslOptions.ClientCertificateContext = identity?.Context;

        // A resumed session would go on under the certificate of the first one, and without its intermediates, which no ticket holds.
        handler.SslOptions.AllowTlsResume = identity is null;
        return handler;
    }
}
