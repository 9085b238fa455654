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
