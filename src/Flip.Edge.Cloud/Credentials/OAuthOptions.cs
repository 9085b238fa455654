using System.Diagnostics.CodeAnalysis;

namespace Flip.Edge.Cloud;

/// <summary>An OAuth client of the OEM's (RFC 6749, 4.4).</summary>
public sealed record OAuthOptions
{
    /// <summary>The systemd credential of the secret.</summary>
    public const string CredentialName = "flip-client-secret";

    /// <summary>Flip's token endpoint, one for production and sandbox.</summary>
    public static readonly Uri FlipTokenEndpoint = new("https://oauth.flip.energy/token");

    /// <summary>Where access tokens are given; <c>https</c>, or <c>http</c> on a loopback host.</summary>
    public Uri TokenEndpoint { get; init; } = FlipTokenEndpoint;

    /// <summary>The client id, which is no secret.</summary>
    public required string ClientId { get; init; }

    /// <summary>The file of the client secret; null for the systemd credential.</summary>
    public string? ClientSecretFile { get; init; }

    /// <summary>The value of <c>$CREDENTIALS_DIRECTORY</c>, or null where systemd gave none.</summary>
    public string? CredentialsDirectory { get; init; }

    internal SecretFile Secret => new("secret", SecretKey, CredentialName, ClientSecretFile, CredentialsDirectory);

    private const string SecretKey = "Flip:OAuth:ClientSecretFile";

    /// <summary>Reads and checks a token endpoint.</summary>
    /// <param name="text">The configured text.</param>
    /// <param name="endpoint">The URL.</param>
    /// <param name="error">What is wrong, as a sentence without its full stop.</param>
    /// <returns>True when it may be used.</returns>
    public static bool TryParseEndpoint(string? text, [NotNullWhen(true)] out Uri? endpoint, [NotNullWhen(false)] out string? error)
    {
        string? wrong = Uri.TryCreate(text, UriKind.Absolute, out endpoint) ? FlipBaseUrl.Wrong(endpoint, "the client secret") : "it is no URL";
        error = wrong is null ? null : $"cannot be the token endpoint: {wrong}; expected https://HOST/PATH, such as {FlipTokenEndpoint}";
        if (wrong is not null) endpoint = null;
        return wrong is null;
    }

    /// <summary>Looks at the file of the secret.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What is wrong with it, or null.</returns>
    public async ValueTask<CredentialFault?> CheckAsync(CancellationToken cancellationToken) =>
        (await Secret.ReadAsync(cancellationToken).ConfigureAwait(false)) is { Error: { } error } read ? new(SecretKey, error) { IsMissing = read.IsMissing } : null;
}
