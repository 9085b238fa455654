namespace Flip.Edge.Cloud;

/// <summary>Why a try came to nothing that another try may mend.</summary>
public enum TransientCause
{
    /// <summary>Flip's host name could not be resolved.</summary>
    Dns,

    /// <summary>No connection could be made, or not in time, or not through the proxy.</summary>
    Connect,

    /// <summary>The TLS handshake failed, or the certificate is not to be trusted.</summary>
    Tls,

    /// <summary>The certificate's time has not come: the gateway's clock is behind, which is no failure of Flip's.</summary>
    CertificateNotYetValid,

    /// <summary>The whole exchange took too long.</summary>
    Timeout,

    /// <summary>The connection ended before an answer.</summary>
    ConnectionLost,

    /// <summary>A status of 500 to 599, but for 511.</summary>
    ServerError,

    /// <summary>Status 408.</summary>
    RequestTimeout408,

    /// <summary>A successful answer that ended in its middle.</summary>
    ResponseTruncated,
}
