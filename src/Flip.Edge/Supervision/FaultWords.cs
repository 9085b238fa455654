using Flip.Edge.Cloud;
using Flip.Edge.Configuration;
using Flip.Edge.Doctor;

namespace Flip.Edge.Supervision;

/// <summary>What was thrown, in words for the status: libraries quote what they were given, such as a header with the token in it.</summary>
internal static class FaultWords
{
    /// <summary>Type and message, in one line, without what stands in the files of secrets and without the homeowner's data.</summary>
    /// <param name="failure">What was thrown.</param>
    /// <param name="settings">Where the secrets are, and whose home it is.</param>
    /// <param name="configured">The site as configured: what was given over the endpoint may stand in its place.</param>
    /// <param name="credentialsDirectory">systemd's, or null.</param>
    public static string Of(Exception failure, EdgeSettings settings, SiteSettings configured, string? credentialsDirectory)
    {
        SecretMask secrets = new();
        SecretFiles.TakeUp(Files(settings), credentialsDirectory, secrets);
        Redactor redactor = new([.. Homeowner(settings.Site), .. Homeowner(configured)]);
        return redactor.Text(secrets.Apply($"{failure.GetType().Name}: {failure.Message}"));
    }

    private static IEnumerable<string> Files(EdgeSettings settings)
    {
        string?[] files =
        [
            settings.Flip.Credential switch
            {
                CredentialSettings.Token token => token.File,
                CredentialSettings.OAuth oauth => oauth.SecretFile,
                CredentialSettings.Relay relay => relay.KeyFile,
                _ => null,
            },
            settings.Mqtt.PasswordFile, settings.Mqtt.Tls?.KeyFile, settings.Otlp.HeadersFile,
        ];
        return files.OfType<string>();
    }

    private static string?[] Homeowner(SiteSettings site) =>
        [site.FirstName, site.LastName, site.CompanyName, site.Email, site.City, site.ZipCode, site.StreetAddress, site.StreetAddress2];
}
