using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Flip.Edge.Cloud.Tests.Credentials;

public sealed class RelayOptionsTests : IDisposable
{
    private readonly CredentialFolder _folder = new();
    private readonly TestAuthority _authority = new("OEM");
    private readonly X509Certificate2 _certificate;

    public RelayOptionsTests()
    {
        _certificate = _authority.Issue("gateway-1");
        _folder.Write("gateway.pem", _certificate.ExportCertificatePem());
        _folder.Write("gateway.key", Key(_certificate));
        _folder.Write("ca.pem", _authority.RootPem);
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _authority.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Good_files_have_no_fault() => Assert.Empty(await CheckAsync());

    [Fact]
    public async Task An_rsa_key_is_as_good()
    {
        using RSA key = RSA.Create(2048);
        using X509Certificate2 certificate = new CertificateRequest("CN=g", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(TestAuthority.Now.AddDays(-1), TestAuthority.Now.AddDays(1));
        _folder.Write("gateway.pem", certificate.ExportCertificatePem());
        _folder.Write("gateway.key", key.ExportRSAPrivateKeyPem());

        Assert.Empty(await CheckAsync());
    }

    [Fact]
    public async Task The_traditional_forms_of_a_key_are_as_good()
    {
        _folder.Write("gateway.key", _certificate.GetECDsaPrivateKey()!.ExportECPrivateKeyPem());
        Assert.Empty(await CheckAsync());

        using RSA key = RSA.Create(2048);
        using X509Certificate2 certificate = new CertificateRequest("CN=g", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(TestAuthority.Now.AddDays(-1), TestAuthority.Now.AddDays(1));
        _folder.Write("gateway.pem", certificate.ExportCertificatePem());
        _folder.Write("gateway.key", key.ExportPkcs8PrivateKeyPem());
        Assert.Empty(await CheckAsync());
    }

    [Fact]
    public async Task An_rsa_key_beside_a_certificate_of_an_elliptic_curve_does_not_fit()
    {
        using RSA key = RSA.Create(2048);
        _folder.Write("gateway.key", key.ExportPkcs8PrivateKeyPem());

        Assert.Contains("does not fit the first certificate", Assert.Single(await CheckAsync()).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_with_a_key_of_another_kind_is_told_with_the_kinds_that_are_taken()
    {
        // openssl req -x509 -newkey ed25519 -nodes -days 36500 -subj /CN=gateway
        _folder.Write("gateway.pem", """
            -----BEGIN CERTIFICATE-----
            MIIBOjCB7aADAgECAhQiTygow9L4iBhXwu5rvu3FJ4JYHjAFBgMrZXAwEjEQMA4G
            A1UEAwwHZ2F0ZXdheTAgFw0yNjExMjMxNDE2NTRaGA8yMTI2MTAzMDE0MTY1NFow
            EjEQMA4GA1UEAwwHZ2F0ZXdheTAqMAUGAytlcAMhAMUW9GGudHyLMlw+QCdoan4Z
            119XvV+zOAwGCnHQ0OrEo1MwUTAdBgNVHQ4EFgQUOhVybf7UxjYcJykqqTnlC8xq
            IRowHwYDVR0jBBgwFoAUOhVybf7UxjYcJykqqTnlC8xqIRowDwYDVR0TAQH/BAUw
            AwEB/zAFBgMrZXADQQA4B/u5kQXtnO9qhLKuoQQrouCf6WvAcIOS+Y6tD9hWhlsT
            MwxMxXw5HvlAVP0Nx6baPe+dPOzsSYCeXs5XzVUD
            -----END CERTIFICATE-----
            """);

        Assert.Equal(
            [new("Flip:Relay:CertificateFile", $"The certificate file {_folder["gateway.pem"]} holds a certificate with a key of ED25519: expected RSA or an elliptic curve (ECDSA).")],
            await CheckAsync(new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public async Task Every_file_that_is_not_there_is_named_with_its_key()
    {
        foreach (string name in (string[])["gateway.pem", "gateway.key", "ca.pem"]) File.Delete(_folder[name]);

        Assert.Equal(
            [
                new("Flip:Relay:CertificateFile", $"The certificate file {_folder["gateway.pem"]} does not exist: create it, or correct Flip:Relay:CertificateFile.") { IsMissing = true },
                new("Flip:Relay:KeyFile", $"The key file {_folder["gateway.key"]} does not exist: create it with mode 0600, or correct Flip:Relay:KeyFile.") { IsMissing = true },
                new("Flip:Relay:CaFile", $"The CA file {_folder["ca.pem"]} does not exist: create it, or correct Flip:Relay:CaFile.") { IsMissing = true },
            ],
            await CheckAsync());
    }

    [Fact]
    public async Task A_key_that_everybody_can_read_is_refused_and_a_certificate_is_not()
    {
        const UnixFileMode Everybody = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        _folder.Write("gateway.pem", _certificate.ExportCertificatePem(), Everybody);
        _folder.Write("gateway.key", Key(_certificate), Everybody);

        CredentialFault fault = Assert.Single(await CheckAsync());
        Assert.Contains("is open to every user: found mode 0644, expected 0600", fault.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_of_another_certificate_is_told()
    {
        using X509Certificate2 other = _authority.Issue("other");
        _folder.Write("gateway.key", Key(other));

        CredentialFault fault = Assert.Single(await CheckAsync());
        Assert.Equal(
            ("Flip:Relay:KeyFile", $"The key file {_folder["gateway.key"]} does not fit the first certificate of {_folder["gateway.pem"]}, or is damaged: put the pair in place together."),
            (fault.Key, fault.Sentence));
    }

    [Fact]
    public async Task A_key_with_a_passphrase_is_told()
    {
        using ECDsa key = _certificate.GetECDsaPrivateKey()!;
        _folder.Write("gateway.key", key.ExportEncryptedPkcs8PrivateKeyPem("hunter2", new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)));

        Assert.Contains("is encrypted: expected a key without a passphrase", Assert.Single(await CheckAsync()).Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gateway.pem", "nothing of the kind", "holds no certificate: expected PEM")]
    [InlineData("gateway.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "holds no certificate: expected PEM")]
    [InlineData("ca.pem", "", "holds no certificate: expected PEM")]
    [InlineData("gateway.key", "hunter2", "holds no private key: expected PEM")]
    [InlineData("gateway.key", "-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----", "or is damaged")]
    public async Task A_file_with_something_else_in_it_is_told_and_not_quoted(string name, string text, string sentence)
    {
        _folder.Write(name, text);

        CredentialFault fault = Assert.Single(await CheckAsync());
        Assert.Contains(_folder[name], fault.Sentence, StringComparison.Ordinal);
        Assert.Contains(sentence, fault.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", fault.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pipe_is_refused_at_once()
    {
        File.Delete(_folder["gateway.pem"]);
        Pipes.Make(_folder["gateway.pem"]);

        IReadOnlyList<CredentialFault> faults = await CheckAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10), Sample.Stop);
        Assert.Contains("is no regular file", Assert.Single(faults).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_has_expired_is_told()
    {
        CredentialFault fault = Assert.Single(await CheckAsync(TestAuthority.Now.AddYears(2)));

        Assert.Equal("Flip:Relay:CertificateFile", fault.Key);
        Assert.Contains("has expired", fault.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_systemd_will_hand_over_is_not_missed_by_the_check_but_by_a_request()
    {
        RelayOptions options = new() { CertificateFile = _folder["gateway.pem"] };
        using FlipClient client = new(new() { BaseUrl = new("https://localhost:9"), Relay = options }, new RelayCredential(), TimeProvider.System);

        Assert.Empty(await options.CheckAsync(TestAuthority.Now, Sample.Stop));
        var outcome = Assert.IsType<CommissionOutcome.Unauthorized>(await client.CommissionAsync(Sample.Body, Sample.Stop));

        Assert.Equal((null, "No key is configured for the client certificate: set Flip:Relay:KeyFile, or load the systemd credential flip-relay-key."), (outcome.Status, outcome.Detail));
        Assert.Equal("The gateway has no usable client certificate for Flip: put it in place as the detail says.", outcome.Sentence);
    }

    [Fact]
    public async Task A_key_that_systemd_copied_is_named_where_it_was_copied_from_and_one_it_had_not_is_to_be_written_there()
    {
        RelayOptions options = new() { CertificateFile = _folder["gateway.pem"], CredentialsDirectory = _folder.Path };
        CredentialFault missing = Assert.Single(await options.FaultsAsync(Sample.Stop));
        Assert.Equal("No key is configured for the client certificate: write it to /etc/flip-edge/flip-relay-key (mode 0600, root), or set Flip:Relay:KeyFile, and systemctl restart flip-edge.", missing.Sentence);

        using X509Certificate2 other = _authority.Issue("other");
        _folder.Write("flip-relay-key", Key(other));
        CredentialFault wrong = Assert.Single(await options.FaultsAsync(Sample.Stop));
        Assert.StartsWith($"The key file /etc/flip-edge/flip-relay-key does not fit the first certificate of {_folder["gateway.pem"]}", wrong.Sentence, StringComparison.Ordinal);
        Assert.EndsWith("Then systemctl restart flip-edge: the service has the copy that systemd made at its start.", wrong.Sentence, StringComparison.Ordinal);
        Assert.Equal(["/etc/flip-edge/flip-relay-key", "/etc/flip-edge/flip-relay-key"], new[] { missing, wrong }.Select(fault => fault.CopyOf));
    }

    private static string Key(X509Certificate2 certificate) => certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem();

    private ValueTask<IReadOnlyList<CredentialFault>> CheckAsync(DateTimeOffset? now = null) =>
        new RelayOptions { CertificateFile = _folder["gateway.pem"], KeyFile = _folder["gateway.key"], CaFile = _folder["ca.pem"] }
            .CheckAsync(now ?? TestAuthority.Now, Sample.Stop);
}
