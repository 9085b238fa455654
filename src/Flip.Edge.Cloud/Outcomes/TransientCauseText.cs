namespace Flip.Edge.Cloud;

/// <summary>Names and sentences of the causes.</summary>
public static class TransientCauseText
{
    /// <summary>The cause in snake_case, for JSON and metrics; it does not change between versions.</summary>
    /// <param name="cause">The cause.</param>
    /// <returns>For example <c>certificate_not_yet_valid</c>.</returns>
    public static string ToName(this TransientCause cause) => cause switch
    {
        TransientCause.Dns => "dns",
        TransientCause.Connect => "connect",
        TransientCause.Tls => "tls",
        TransientCause.CertificateNotYetValid => "certificate_not_yet_valid",
        TransientCause.Timeout => "timeout",
        TransientCause.ConnectionLost => "connection_lost",
        TransientCause.ServerError => "server_error",
        TransientCause.RequestTimeout408 => "request_timeout",
        TransientCause.ResponseTruncated => "response_truncated",
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, "not a cause"),
    };

    internal static string ToSentence(this TransientCause cause) => cause switch
    {
        TransientCause.Dns => "The gateway cannot find Flip's server by its name: check the internet connection; it tries again by itself.",
        TransientCause.Connect => "The gateway cannot reach Flip's server: check the internet connection; it tries again by itself.",
        TransientCause.Tls => "The connection to Flip is not secure, so nothing was sent: check the gateway's clock and any proxy on the way.",
        TransientCause.CertificateNotYetValid => "The gateway's clock is behind, so nothing was sent: get the time through (NTP); it tries again by itself.",
        TransientCause.Timeout => "Flip did not answer in time; the gateway tries again by itself.",
        TransientCause.ConnectionLost => "The connection to Flip was lost before an answer came; the gateway tries again by itself.",
        TransientCause.ServerError => "Flip's server has a problem of its own; the gateway tries again by itself.",
        TransientCause.RequestTimeout408 => "The request reached Flip too slowly; the gateway tries again by itself.",
        TransientCause.ResponseTruncated => "Flip's answer arrived only in part; the gateway tries again by itself.",
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, "not a cause"),
    };
}
