using Flip.Edge.Cloud;

namespace Flip.Edge.Configuration;

/// <summary>Reads <c>Flip:Credential</c> and the keys of the three ways; those of a way that is not chosen are errors.</summary>
internal static class CredentialSection
{
    private static readonly string[] Keys = ["Flip:Credential", "Flip:TokenFile", "Flip:OAuth", "Flip:Relay"];

    /// <summary>Whether a key is one of those that are read here.</summary>
    public static bool Holds(string key) => Keys.Any(own => key.StartsWith(own, StringComparison.OrdinalIgnoreCase));

    public static CredentialSettings Read(SectionReader flip)
    {
        CredentialMode mode = flip.Choice("Credential", CredentialMode.Token);
        SectionReader oauth = flip.Section("OAuth");
        SectionReader relay = flip.Section("Relay");
        oauth.Forbidden("ClientSecret", "does not belong into the configuration: put the client secret into a file of mode 0600 and name it in Flip:OAuth:ClientSecretFile, or use the systemd credential flip-client-secret");
        flip.Forbidden("Token", "does not belong into the configuration: put the client token into a file of mode 0600 and name it in Flip:TokenFile, or use the systemd credential flip-client-token");
        CredentialSettings.Token token = new(mode == CredentialMode.Token ? SecretPath(flip, "TokenFile", "the client token") : Unchosen(flip, mode, CredentialMode.Token, "TokenFile"));
        CredentialSettings settings = mode switch
        {
            CredentialMode.OAuth => OAuth(oauth),
            CredentialMode.Relay => Relay(relay),
            _ => token,
        };
        if (mode != CredentialMode.OAuth) Unchosen(oauth, mode, CredentialMode.OAuth, "TokenEndpoint", "ClientId", "ClientSecretFile");
        if (mode != CredentialMode.Relay) Unchosen(relay, mode, CredentialMode.Relay, "CertificateFile", "KeyFile", "CaFile");
        oauth.Close();
        relay.Close();
        return settings;
    }

    private static CredentialSettings.OAuth OAuth(SectionReader section)
    {
        string? text = section.Text("TokenEndpoint");
        Uri? endpoint = OAuthOptions.FlipTokenEndpoint;
        if (text is not null && !OAuthOptions.TryParseEndpoint(text, out endpoint, out string? error)) section.Fail("TokenEndpoint", error);
        return new(
            endpoint ?? OAuthOptions.FlipTokenEndpoint,
            section.Required("ClientId", "the client id that belongs to the client secret, from Flip's developer console"),
            SecretPath(section, "ClientSecretFile", "the client secret"));
    }

    private static CredentialSettings.Relay Relay(SectionReader section)
    {
        string certificate = section.Required("CertificateFile", "the PEM file of the gateway's client certificate");
        if (certificate.Length > 0) Rooted(section, "CertificateFile", certificate);
        string? ca = section.Text("CaFile");
        if (ca is not null) Rooted(section, "CaFile", ca);
        return new(certificate, SecretPath(section, "KeyFile", "the certificate's private key"), ca);
    }

    private static void Rooted(SectionReader section, string name, string path)
    {
        if (!Path.IsPathRooted(path)) section.Fail(name, $"is \"{path}\", and has to be an absolute path");
    }

    private static string? SecretPath(SectionReader section, string name, string secret)
    {
        string? path = section.Text(name);
        if (path is null || Path.IsPathRooted(path)) return path;

        // Not quoted: it may be the secret itself, pasted into the wrong place.
        section.Fail(name, $"is no absolute path (it is not shown here, in case it is {secret} itself): name the file that holds {secret}");
        return null;
    }

    private static string? Unchosen(SectionReader section, CredentialMode chosen, CredentialMode other, params string[] names)
    {
        foreach (string name in names)
        {
            section.Unwanted(name, $"belongs to Flip:Credential {Word(other)}, but {Word(chosen)} is chosen: remove it, or choose {Word(other)}");
        }

        return null;
    }

    private static string Word(CredentialMode mode) => mode.ToString().ToLowerInvariant();
}
