using Flip.Edge.Configuration;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Configuration;

public sealed class FlipSectionTests : IDisposable
{
    private const string Good = """
        { "Gateway": { "Id": "gw-0001" }, "Site": { "Id": "abc-789" }, "Devices": [ { "Id": "xyz-123", "Endpoint": "tcp://192.168.1.50" } ] }
        """;

    private static readonly string[] Relay =
        ["Flip:Credential=relay", "Flip:BaseUrl=https://relay.oem.example/flip", "Flip:Relay:CertificateFile=/c.pem"];

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_client_token_from_systemd_and_half_a_minute_are_the_default()
    {
        FlipSettings flip = Load().Settings!.Flip;

        Assert.Equal(new CredentialSettings.Token(null), flip.Credential);
        Assert.Equal(TimeSpan.FromSeconds(30), flip.Timeout);
    }

    [Fact]
    public void Each_of_the_three_credentials_is_read()
    {
        Assert.Equal(new CredentialSettings.Token("/t"), Load("Flip:Credential=token", "Flip:TokenFile=/t").Settings!.Flip.Credential);
        Assert.Equal(
            new CredentialSettings.OAuth(new("https://oauth.flip.energy/token"), "id", "/s"),
            Load("Flip:Credential=OAuth", "Flip:OAuth:ClientId=id", "Flip:OAuth:ClientSecretFile=/s").Settings!.Flip.Credential);
        Assert.Equal(
            new CredentialSettings.OAuth(new("https://login.example/t"), "id", null),
            Load("Flip:Credential=oauth", "Flip:OAuth:ClientId=id", "Flip:OAuth:TokenEndpoint=https://login.example/t").Settings!.Flip.Credential);
        Assert.Equal(
            new CredentialSettings.Relay("/c.pem", "/k.pem", "/ca.pem"),
            Load([.. Relay, "Flip:Relay:KeyFile=/k.pem", "Flip:Relay:CaFile=/ca.pem"]).Settings!.Flip.Credential);
    }

    [Theory]
    [InlineData("Flip:Credential=oauth", "Flip:TokenFile=/t", "Flip:TokenFile", "belongs to Flip:Credential token, but oauth is chosen")]
    [InlineData("Flip:Credential=token", "Flip:OAuth:ClientId=x", "Flip:OAuth:ClientId", "belongs to Flip:Credential oauth, but token is chosen")]
    [InlineData("Flip:Credential=token", "Flip:OAuth:TokenEndpoint=https://x/t", "Flip:OAuth:TokenEndpoint", "belongs to Flip:Credential oauth")]
    [InlineData("Flip:Credential=token", "Flip:OAuth:ClientSecretFile=/s", "Flip:OAuth:ClientSecretFile", "belongs to Flip:Credential oauth")]
    [InlineData("Flip:Credential=token", "Flip:Relay:CertificateFile=/c", "Flip:Relay:CertificateFile", "belongs to Flip:Credential relay")]
    [InlineData("Flip:Credential=token", "Flip:Relay:KeyFile=/k", "Flip:Relay:KeyFile", "belongs to Flip:Credential relay")]
    [InlineData("Flip:Credential=token", "Flip:Relay:CaFile=/ca", "Flip:Relay:CaFile", "belongs to Flip:Credential relay")]
    [InlineData("Flip:Credential=password", "Flip:TokenFile=/t", "Flip:Credential", "has to be token or oauth or relay")]
    [InlineData("Flip:Credential=token", "Flip:Relay:CertFile=/c", "Flip:Relay:CertFile", "is no known key")]
    [InlineData("Flip:Credential=token", "Flip:TokenFile=t", "Flip:TokenFile", "in case it is the client token itself")]
    [InlineData("Flip:Credential=token", "Flip:Timeout=00:00:00.5", "Flip:Timeout", "from 00:00:01 to 00:05:00")]
    [InlineData("Flip:Credential=token", "Flip:Timeout=00:05:01", "Flip:Timeout", "from 00:00:01 to 00:05:00")]
    public void A_wrong_key_is_named_with_the_reason(string credential, string wrong, string key, string sentence) =>
        Says(Load(credential, wrong), key, sentence);

    [Fact]
    public void What_a_credential_needs_is_named_when_it_is_missing()
    {
        Says(Load("Flip:Credential=oauth"), "Flip:OAuth:ClientId", "is missing");
        Assert.Equal(["Flip:Relay:CertificateFile", "Flip:BaseUrl"], Load("Flip:Credential=relay").Errors.Select(error => error.Key));
    }

    [Theory]
    [InlineData("token", "Flip:OAuth:ClientSecret")]
    [InlineData("oauth", "Flip:OAuth:ClientSecret")]
    [InlineData("oauth", "Flip:OAuth:ClientSecretFile")]
    [InlineData("relay", "Flip:Relay:KeyFile")]
    [InlineData("token", "Flip:TokenFile")]
    [InlineData("token", "Flip:Token")]
    public void A_secret_in_the_configuration_is_refused_and_not_repeated(string credential, string key)
    {
        SettingsResult result = Load($"Flip:Credential={credential}", "Flip:BaseUrl=https://relay.oem.example", $"{key}=hunter2");

        Assert.Contains(key, result.Errors.Select(error => error.Key));
        Assert.All(result.Errors, error => Assert.DoesNotContain("hunter2", error.Sentence, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://api.flip.energy", "which is Flip itself")]
    [InlineData("https://API-Sandbox.Flip.Energy/x", "which is Flip itself")]
    [InlineData("https://flip.energy.", "which is Flip itself")]
    [InlineData("http://127.0.0.1:8080", "has to be https")]
    [InlineData("https://flip.energy.oem.example", null)]
    [InlineData("https://notflip.energy", null)]
    public void A_relay_is_the_oems_own_and_speaks_tls(string baseUrl, string? sentence)
    {
        SettingsResult result = Load([.. Relay, $"Flip:BaseUrl={baseUrl}"]);

        if (sentence is null) Assert.Empty(result.Errors);
        else Says(result, "Flip:BaseUrl", sentence);
    }

    [Theory]
    [InlineData("http://oauth.flip.energy/token", "http would send the client secret in the clear")]
    [InlineData("oauth.flip.energy", "it is no URL")]
    public void A_token_endpoint_that_would_give_the_secret_away_is_refused(string endpoint, string sentence) =>
        Says(Load("Flip:Credential=oauth", "Flip:OAuth:ClientId=id", $"Flip:OAuth:TokenEndpoint={endpoint}"), "Flip:OAuth:TokenEndpoint", sentence);

    [Fact]
    public async Task The_check_looks_at_the_files_although_there_are_other_errors()
    {
        string missing = _directory.File("missing");

        foreach ((string[] set, string[] keys) in ((string[], string[])[])
            [
                ([$"Flip:TokenFile={missing}"], ["Flip:TokenFile"]),
                (["Flip:Credential=oauth", $"Flip:OAuth:ClientSecretFile={missing}"], ["Flip:OAuth:ClientSecretFile"]),
                ([.. Relay, $"Flip:Relay:CertificateFile={missing}", $"Flip:Relay:KeyFile={missing}", $"Flip:Relay:CaFile={missing}"],
                    ["Flip:Relay:CertificateFile", "Flip:Relay:KeyFile", "Flip:Relay:CaFile"]),
                ([.. Relay, $"Flip:Relay:CertificateFile={missing}"], ["Flip:Relay:CertificateFile"]),
                ([.. Relay, "Flip:Relay:CertificateFile=c.pem", $"Flip:Relay:KeyFile={missing}", $"Flip:Relay:CaFile={missing}"], ["Flip:Relay:KeyFile", "Flip:Relay:CaFile"]),
                ([.. Relay, $"Flip:Relay:CertificateFile={missing}", $"Flip:Relay:KeyFile={missing}", "Flip:Relay:CaFile=ca.pem"], ["Flip:Relay:CertificateFile", "Flip:Relay:KeyFile"]),
                (["Flip:Credential=relay", $"Flip:Relay:KeyFile={missing}"], ["Flip:Relay:KeyFile"]),
                (["Flip:Credential=oauth"], []),
                ([], []),
            ])
        {
            SettingsResult result = Load([.. set, "Mqtt:Port=0"]);
            (IReadOnlyList<ConfigurationError> errors, IReadOnlyList<string> warnings) =
                await CredentialFiles.CheckAsync(result.Credential, TimeProvider.System.GetUtcNow(), TestContext.Current.CancellationToken);

            Assert.NotEmpty(result.Errors);
            Assert.Empty(errors);
            Assert.Equal(keys, warnings.Select(warning => warning.Split(": ")[0]));
            Assert.All(warnings, warning => Assert.Contains($"{missing} does not exist", warning, StringComparison.Ordinal));
        }
    }

    private static void Says(SettingsResult result, string key, string sentence)
    {
        ConfigurationError error = Assert.Single(result.Errors, error => error.Key == key);
        Assert.Contains(sentence, error.Sentence, StringComparison.Ordinal);
    }

    // Of two that set the same key, the later stands.
    private SettingsResult Load(params string[] set) => ConfigurationFiles.Load(
        _directory.Write("flip-edge.json", Good),
        [.. set.Reverse().DistinctBy(one => one.Split('=')[0]).Reverse()],
        TimeZoneInfo.Utc);
}
