using System.Security.Cryptography.X509Certificates;

namespace Flip.Edge.Cloud;

/// <summary>Where Flip is, and how long and how much the client waits for.</summary>
public sealed record FlipClientOptions
{
    /// <summary>Flip's address; it must pass <see cref="FlipBaseUrl.TryParse"/>. A path prefix is kept.</summary>
    /// <value>Default: <c>https://api.flip.energy</c>.</value>
    public Uri BaseUrl { get; init; } = FlipBaseUrl.Production;

    /// <summary>How long one try may take from the first name look-up to the last byte of the answer.</summary>
    /// <value>Above 0. Default: 30 s.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a connection, with its TLS handshake, may take to open.</summary>
    /// <value>Above 0. Default: 10 s.</value>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest answer that is read, in bytes. A longer one is not Flip's.</summary>
    /// <value>At least 1. Default: 1 MiB.</value>
    public int MaxResponseBytes { get; init; } = 1024 * 1024;

    /// <summary>The client certificate with which the OEM's relay is asked; null for Flip itself.</summary>
    public RelayOptions? Relay { get; init; }

    /// <summary>For tests: a chain policy with roots of their own, and its own time of verification.</summary>
    internal X509ChainPolicy? ChainPolicy { get; init; }
}
