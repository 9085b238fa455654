using System.Net.Sockets;

namespace Flip.Edge.Cloud;

/// <summary>Maps what HttpClient throws to an exchange. Exceptions are not quoted but for the socket's own word and our own text.</summary>
internal static class NetworkFailure
{
    public static FlipExchange From(HttpRequestException e, bool isStarted)
    {
        if (Inner<CertificateException>(e) is { } certificate) return new FlipExchange.Failed(certificate.Cause, certificate.Message, false);
        string socket = Inner<SocketException>(e) is { } inner ? $" ({inner.SocketErrorCode})" : "";
        return e.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => new FlipExchange.Failed(TransientCause.Dns, $"the host name cannot be resolved{socket}", false),
            HttpRequestError.ConnectionError => new FlipExchange.Failed(TransientCause.Connect, $"no connection{socket}", isStarted),
            HttpRequestError.ProxyTunnelError => new FlipExchange.Failed(TransientCause.Connect, "the proxy made no tunnel", isStarted),
            HttpRequestError.SecureConnectionError => new FlipExchange.Failed(TransientCause.Tls, $"the TLS handshake failed{socket}", isStarted),
            HttpRequestError.InvalidResponse => new FlipExchange.NotHttp("the answer is not HTTP", isStarted),
            HttpRequestError.ConfigurationLimitExceeded => new FlipExchange.NotHttp("the answer's headers are too long", isStarted),
            _ when isStarted || Inner<IOException>(e) is not null =>
                new FlipExchange.Failed(TransientCause.ConnectionLost, $"the connection ended before an answer{socket}", isStarted),
            _ => new FlipExchange.Failed(TransientCause.Connect, $"no connection{socket}", false),
        };
    }

    private static T? Inner<T>(Exception? e)
        where T : Exception
    {
        while (e is not null and not T) e = e.InnerException;
        return e as T;
    }
}
