using Flip.Edge.Cloud;
using Flip.Edge.Mqtt;
using Flip.Edge.Otlp;

namespace Flip.Edge.Configuration;

/// <summary>A secret for which the configuration names no file, so that the service takes the copy of what the unit's <c>LoadCredential=</c> names.</summary>
/// <param name="What">What it is: <c>client token</c>.</param>
/// <param name="Name">The credential's name.</param>
/// <param name="Form">All of the file but its path.</param>
/// <param name="IsNeeded">Whether it is missed where there is none.</param>
/// <param name="Without">What follows where there is none.</param>
/// <param name="WhyUnusable">Reads such a file: what is wrong with it, as a sentence without a secret, or null.</param>
internal sealed record LoadedFile(
    string What, string Name, CredentialFile Form, bool IsNeeded, string Without, Func<CredentialFile, CancellationToken, Task<string?>> WhyUnusable)
{
    /// <summary>What follows where there is one that can't be used: a secret that may be absent is not left out for being wrong.</summary>
    public string Unusable { get; private init; } = Without;

    private const string FlipWaits = "nothing can be sent to Flip without it";

    /// <summary>Those of a configuration. Of a section that is null nothing is known.</summary>
    public static IReadOnlyList<LoadedFile> Of(CredentialSettings? credential, MqttSettings? mqtt, OtlpSettings? otlp)
    {
        List<LoadedFile> files = [];
        if (credential?.FromSystemd is var (what, name, key))
        {
            files.Add(credential is CredentialSettings.Relay relay
                ? new(what, name, PemFiles.KeyForm(key), true, FlipWaits, KeyOf(relay.CertificateFile))
                : Secret(what, name, key, credential is CredentialSettings.Token ? "token" : "secret"));
        }

        if (mqtt is { Enabled: true, Username: not null, PasswordFile: null })
        {
            // A user name without a password is a login, too.
            files.Add(new("broker's password", BrokerLogin.CredentialName, BrokerLogin.Form, false, "the broker is told the user name alone",
                async (file, cancellationToken) => (await BrokerLogin.PasswordAsync(file, cancellationToken)).Error)
            { Unusable = "the broker is not tried with it" });
        }

        if (mqtt is { Enabled: true, Tls: { CertificateFile: { } certificate, KeyFile: null } })
            files.Add(new("key of the broker's client certificate", BrokerTrust.CredentialName, PemFiles.KeyForm("Mqtt:KeyFile"), true, "the broker is not tried without it", KeyOf(certificate)));
        if (otlp is { Endpoint: not null, HeadersFile: null })
            files.Add(new("file of OTLP headers", OtlpSettings.Credential, OtlpHeaders.Form, false, "the collector is sent none", OtlpHeaders.WhyUnusableAsync) { Unusable = "nothing is sent to the collector with it" });
        return files;
    }

    private static LoadedFile Secret(string what, string name, string key, string word) => new(
        what, name, SecretFile.Form(word, key), true, FlipWaits, async (file, cancellationToken) => (await SecretFile.ReadAsync(file, word, cancellationToken)).Error);

    // What is wrong with the certificate itself is told with the files that are named.
    private static Func<CredentialFile, CancellationToken, Task<string?>> KeyOf(string certificate) => async (key, cancellationToken) =>
    {
        List<CredentialFault> faults = [];
        CredentialFile chain = new(certificate, "certificate file", "", PemFiles.MaxBytes, IsSecret: false);
        using ClientCertificate? pair = await ClientCertificate.ReadAsync(chain, key, new("", ""), faults, cancellationToken);
        return faults.FirstOrDefault(fault => fault.Key == key.Key)?.Sentence;
    };
}
