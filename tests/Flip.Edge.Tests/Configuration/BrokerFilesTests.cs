using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Flip.Edge.Configuration;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Configuration;

/// <summary>What <c>config check</c> says of the broker's files.</summary>
public sealed class BrokerFilesTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public async Task Every_file_that_is_not_there_is_named_with_its_key()
    {
        string missing = _directory.File("missing");
        Assert.Equal(
            ["Mqtt:PasswordFile", "Mqtt:CaFile", "Mqtt:CertificateFile", "Mqtt:KeyFile"],
            (await CheckAsync(new(true, "broker.local", 8883, "flip-edge") { Username = "gateway", PasswordFile = missing, Tls = new(missing, missing, missing) })).Select(error => error.Key));
    }

    [Theory]
    [InlineData("Mqtt:Tls=1")]
    [InlineData("Mqtt:CertificateFile=gw.pem")]
    public async Task An_error_of_another_key_hides_no_missing_file(string wrong)
    {
        string missing = _directory.File("missing"), key = wrong.Split('=')[0];
        string[] given = [.. new[] { "Mqtt:Tls=true", $"Mqtt:CaFile={missing}", $"Mqtt:CertificateFile={missing}", $"Mqtt:KeyFile={missing}" }.Where(one => !one.StartsWith(key, StringComparison.Ordinal)), wrong];

        SettingsResult result = ConfigurationFiles.Load(_directory.Write("c.json", "{}"), given, TimeZoneInfo.Utc);

        IEnumerable<string> expected = new[] { "Mqtt:CaFile", "Mqtt:CertificateFile", "Mqtt:KeyFile" }.Where(name => name != key);
        Assert.Contains(result.Errors, error => error.Key == key);
        Assert.Equal(expected, (await CheckAsync(result.Mqtt!)).Select(error => error.Key));
    }

    [Fact]
    public async Task A_certificate_that_is_over_and_a_missing_key_are_told_at_once()
    {
        using RSA rsa = RSA.Create(2048);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using X509Certificate2 over = new CertificateRequest("CN=gw", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(now.AddDays(-2), now.AddDays(-1));
        string file = _directory.Write("gw.pem", over.ExportCertificatePem());

        IReadOnlyList<ConfigurationError> errors = await CheckAsync(new(true, "broker.local", 8883, "flip-edge") { Tls = new(null, file, _directory.File("missing")) });

        Assert.Equal(["Mqtt:CertificateFile", "Mqtt:KeyFile"], errors.Select(error => error.Key));
        Assert.Contains("has expired", errors[0].Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_holds_something_else_is_told_what_it_should_hold()
    {
        string file = _directory.Write("ca.pem", "no certificate");
        ConfigurationError error = Assert.Single(await CheckAsync(new(true, "broker.local", 8883, "flip-edge") { Tls = new(file, null, null) }));
        Assert.Equal(("Mqtt:CaFile", $"The CA file {file} holds no certificate: expected PEM, -----BEGIN CERTIFICATE-----."), (error.Key, error.Sentence));
    }

    [Fact]
    public async Task What_systemd_will_hand_over_is_not_missed_and_a_broker_that_is_off_is_not_looked_at()
    {
        string missing = _directory.File("missing");
        Assert.Empty(await CheckAsync(new(true, "broker.local", 8883, "flip-edge") { Username = "gateway" }));
        Assert.Empty(await CheckAsync(new(false, "broker.local", 8883, "flip-edge") { Username = "gateway", PasswordFile = missing }));
    }

    private static Task<IReadOnlyList<ConfigurationError>> CheckAsync(MqttSettings settings) =>
        BrokerFiles.CheckAsync(settings, TimeProvider.System.GetUtcNow(), TestContext.Current.CancellationToken);

    public void Dispose() => _directory.Dispose();
}
