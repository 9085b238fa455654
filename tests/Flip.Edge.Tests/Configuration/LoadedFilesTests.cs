using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Flip.Edge.Configuration;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Configuration;

/// <summary>What <c>config check</c> says of the secrets that systemd is to hand over, from the files that the unit loads them from.</summary>
public sealed class LoadedFilesTests : IDisposable
{
    private readonly TempDirectory _loadedFrom = new();

    [Fact]
    public async Task A_missing_token_is_named_with_the_file_the_unit_loads_and_the_key_that_could_name_another() => Assert.Equal(
        $"there is no client token: Flip:TokenFile is not set, and the systemd credential flip-client-token, which the unit loads from {_loadedFrom.File("flip-client-token")}, is not there. "
        + "Write it to that file (mode 0600, owner root), or set Flip:TokenFile; nothing can be sent to Flip without it",
        Assert.Single(await WarningsAsync(new CredentialSettings.Token(null))));

    /// <summary>The field's finding: it was said not to be there.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    public async Task An_empty_one_is_called_empty(string text)
    {
        string file = _loadedFrom.Write("flip-client-token", text);

        Assert.Contains($", which the unit loads from {file}, is empty. Write it to that file", Assert.Single(await WarningsAsync(new CredentialSettings.Token(null))), StringComparison.Ordinal);
    }

    /// <summary>The field's finding: the configuration was good with each of these.</summary>
    [Theory]
    [InlineData("Bearer s3cret", "holds the word Bearer before the token")]
    [InlineData("s3cret\ns3cret\n", "holds more than one line")]
    public async Task One_that_holds_something_else_is_told_as_the_service_would_tell_it(string text, string wrong)
    {
        string file = _loadedFrom.Write("flip-client-token", text);

        string warning = Assert.Single(await WarningsAsync(new CredentialSettings.Token(null)));

        Assert.Equal($"The token file {file} {wrong}: it must hold the client token alone, on one line. It is what the unit loads while Flip:TokenFile is not set: "
            + "correct it, and systemctl restart flip-edge; nothing can be sent to Flip without it", warning);
    }

    [Fact]
    public async Task A_mode_that_systemd_does_not_mind_is_told_all_the_same_beside_what_else_is_wrong()
    {
        string file = _loadedFrom.Write("flip-client-token", "a-token\n", UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        string open = $"the token file {file} is open to every user: found mode 0444, expected 0600; run chmod 600 {file}";
        Assert.Equal(open, Assert.Single(await WarningsAsync(new CredentialSettings.Token(null))));

        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(file, "two tokens\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        IReadOnlyList<string> both = await WarningsAsync(new CredentialSettings.Token(null));
        Assert.Equal((2, open), (both.Count, both[0]));
        Assert.Contains("holds a space", both[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("flip-client-token", "a-token\n")]
    [InlineData("flip-client-token.cred", "sealed")]
    public async Task One_that_is_there_plain_or_encrypted_needs_no_warning(string file, string text)
    {
        _loadedFrom.Write(file, text);

        Assert.Empty(await WarningsAsync(new CredentialSettings.Token(null)));
    }

    [Fact]
    public async Task Where_systemd_has_handed_it_over_nothing_else_is_looked_at()
    {
        using TempDirectory credentials = new();
        credentials.Write("flip-client-token", "a-token\n");

        Assert.Empty(await LoadedFiles.WarningsAsync(LoadedFile.Of(new CredentialSettings.Token(null), null, null), credentials.Path, _loadedFrom.Path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_file_that_is_named_is_not_looked_for_among_systemds() => Assert.Empty(await WarningsAsync(new CredentialSettings.Token("/no/such/file")));

    [Fact]
    public async Task The_secrets_of_the_other_ways_are_looked_for_as_well()
    {
        Assert.StartsWith("there is no client secret: Flip:OAuth:ClientSecretFile is not set", Assert.Single(await WarningsAsync(new CredentialSettings.OAuth(new("https://x.example/t"), "id", null))), StringComparison.Ordinal);
        Assert.StartsWith("there is no key of the client certificate: Flip:Relay:KeyFile is not set", Assert.Single(await WarningsAsync(new CredentialSettings.Relay("/c.pem", null, null))), StringComparison.Ordinal);

        _loadedFrom.Write("flip-client-secret", "Bearer abc");
        Assert.StartsWith("The secret file ", Assert.Single(await WarningsAsync(new CredentialSettings.OAuth(new("https://x.example/t"), "id", null))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_key_is_held_against_the_certificate_that_it_belongs_to(bool isItsOwn)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256), other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using X509Certificate2 certificate = new CertificateRequest("CN=gw", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        string chain = _loadedFrom.Write("gw.pem", certificate.ExportCertificatePem());
        foreach (string name in (string[])["flip-relay-key", "flip-mqtt-key"]) _loadedFrom.Write(name, (isItsOwn ? key : other).ExportPkcs8PrivateKeyPem());

        IReadOnlyList<string> warnings = await WarningsAsync(new CredentialSettings.Relay(chain, null, null), Broker with { Tls = new(null, chain, null) });

        Assert.Equal(isItsOwn ? 0 : 2, warnings.Count(warning => warning.Contains($" does not fit the first certificate of {chain}", StringComparison.Ordinal)));
        Assert.Equal(isItsOwn ? 0 : 2, warnings.Count);
    }

    [Fact]
    public async Task The_brokers_password_and_the_collectors_headers_may_be_absent_but_not_wrong()
    {
        OtlpSettings collector = OtlpSettings.None with { Endpoint = new("https://collector.example") };
        MqttSettings broker = Broker with { Username = "gateway" };
        Assert.Empty(await WarningsAsync(null, broker, collector));

        _loadedFrom.Write("flip-mqtt-password", "two\nlines\n");
        _loadedFrom.Write("flip-otlp-headers", "geheim");
        IReadOnlyList<string> wrong = await WarningsAsync(null, broker, collector);
        Assert.StartsWith($"The password file {_loadedFrom.File("flip-mqtt-password")} does not hold a password", wrong[0], StringComparison.Ordinal);
        Assert.StartsWith($"The file of OTLP headers {_loadedFrom.File("flip-otlp-headers")} holds something else in line 1", wrong[1], StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", wrong[1], StringComparison.Ordinal);
        Assert.EndsWith("; the broker is not tried with it", wrong[0], StringComparison.Ordinal);
        Assert.EndsWith("; nothing is sent to the collector with it", wrong[1], StringComparison.Ordinal);

        foreach (string name in (string[])["flip-mqtt-password", "flip-otlp-headers"]) _loadedFrom.Write(name, "\n");
        IReadOnlyList<string> empty = await WarningsAsync(null, broker, collector);
        Assert.EndsWith("is empty. Write it to that file (mode 0600, owner root), or set Mqtt:PasswordFile; the broker is told the user name alone", empty[0], StringComparison.Ordinal);
        Assert.EndsWith("or set Otlp:HeadersFile; the collector is sent none", empty[1], StringComparison.Ordinal);

        Assert.Empty(await WarningsAsync(null, broker with { Enabled = false }, OtlpSettings.None));
        Assert.Empty(await WarningsAsync(null, Broker, null));
    }

    [Fact]
    public async Task A_key_of_the_broker_that_is_missing_is_told() => Assert.StartsWith(
        "there is no key of the broker's client certificate: Mqtt:KeyFile is not set", Assert.Single(await WarningsAsync(null, Broker with { Tls = new(null, "/c.pem", null) })), StringComparison.Ordinal);

    [Fact]
    public async Task A_pipe_in_its_place_is_not_waited_for()
    {
        using Fifo pipe = new();
        File.CreateSymbolicLink(_loadedFrom.File("flip-client-token"), pipe.Path);

        Assert.Contains("is no regular file", Assert.Single(await WarningsAsync(new CredentialSettings.Token(null)).WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, TestContext.Current.CancellationToken)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UnixFileMode.None)]
    [InlineData(UnixFileMode.OtherRead | UnixFileMode.OtherExecute)]
    public async Task What_this_user_may_not_see_is_neither_missing_nor_wrong(UnixFileMode directory)
    {
        _loadedFrom.Write("flip-client-token", "Bearer abc");
        File.SetUnixFileMode(_loadedFrom.Path, directory);
        try
        {
            using AnotherUser nobody = new();

            Assert.Empty(await WarningsAsync(new CredentialSettings.Token(null)));
        }
        finally
        {
            File.SetUnixFileMode(_loadedFrom.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public void Dispose() => _loadedFrom.Dispose();

    private static MqttSettings Broker => new(true, "broker.local", 1883, "flip-edge");

    private Task<IReadOnlyList<string>> WarningsAsync(CredentialSettings? credential, MqttSettings? mqtt = null, OtlpSettings? otlp = null) =>
        LoadedFiles.WarningsAsync(LoadedFile.Of(credential, mqtt, otlp), null, _loadedFrom.Path, TestContext.Current.CancellationToken);
}
