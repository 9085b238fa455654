using Flip.Edge.Cloud;

namespace Flip.Edge.Configuration;

/// <summary>The three ways of being a client of Flip's.</summary>
internal enum CredentialMode
{
    /// <summary>A client token or API key in a file.</summary>
    Token,

    /// <summary>OAuth client credentials.</summary>
    OAuth,

    /// <summary>The OEM's own relay, which knows the gateway by its client certificate.</summary>
    Relay,
}

/// <summary>How the gateway shows Flip who it is.</summary>
internal abstract record CredentialSettings
{
    private CredentialSettings()
    {
    }

    /// <summary>As it stands under <c>Flip:Credential</c>.</summary>
    public string Kind => this switch
    {
        Token => "token",
        OAuth => "oauth",
        _ => "relay",
    };

    /// <summary>The secret that systemd is to hand over, because no file is named for it; null where one is.</summary>
    /// <returns>What it is, the credential's name, and the key that could name a file instead.</returns>
    public (string What, string Name, string Key)? FromSystemd => this switch
    {
        Token { File: null } => ("client token", TokenFileCredential.CredentialName, "Flip:TokenFile"),
        OAuth { SecretFile: null } => ("client secret", OAuthOptions.CredentialName, "Flip:OAuth:ClientSecretFile"),
        Relay { KeyFile: null } => ("key of the client certificate", RelayOptions.CredentialName, "Flip:Relay:KeyFile"),
        _ => null,
    };

    /// <summary>The file of that secret, of which the service reads the copy that systemd made at its start; null where it reads no copy.</summary>
    /// <param name="credentialsDirectory">The value of <c>$CREDENTIALS_DIRECTORY</c>; null where systemd gave none.</param>
    public string? Original(string? credentialsDirectory) => FromSystemd is var (_, name, _) ? SystemdCredential.Original(null, credentialsDirectory, name) : null;

    /// <param name="File">File of the client token, or null for the systemd credential.</param>
    internal sealed record Token(string? File) : CredentialSettings;

    /// <param name="TokenEndpoint">Where access tokens are given.</param>
    /// <param name="ClientId">The OAuth client.</param>
    /// <param name="SecretFile">File of its secret, or null for the systemd credential.</param>
    internal sealed record OAuth(Uri TokenEndpoint, string ClientId, string? SecretFile) : CredentialSettings;

    /// <param name="CertificateFile">The client certificate with its intermediates, PEM.</param>
    /// <param name="KeyFile">Its key, PEM, or null for the systemd credential.</param>
    /// <param name="CaFile">The roots of the relay's own certificate, or null for the system's.</param>
    internal sealed record Relay(string CertificateFile, string? KeyFile, string? CaFile) : CredentialSettings;
}
