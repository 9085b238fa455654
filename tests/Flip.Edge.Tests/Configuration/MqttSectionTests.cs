using Flip.Edge.Configuration;
using Microsoft.Extensions.Configuration;

namespace Flip.Edge.Tests.Configuration;

public sealed class MqttSectionTests
{
    [Fact]
    public void Everything_can_be_told()
    {
        MqttSettings settings = Read(
            "Host=broker.local", "Tls=true", "CaFile=/etc/ca.pem", "CertificateFile=/etc/gw.pem", "KeyFile=/etc/gw.key", "Username=gateway",
            "PasswordFile=/etc/password", "ClientId=mine", "Protocol=3.1.1", "HomeAssistant:Enabled=true", "HomeAssistant:DiscoveryPrefix=ha", "HomeAssistant:StatusTopic=ha/status").Settings;

        MqttSettings expected = new(true, "broker.local", 8883, "flip-edge")
        {
            Username = "gateway",
            PasswordFile = "/etc/password",
            ClientId = "mine",
            Protocol = MqttProtocol.Version311,
            Tls = new("/etc/ca.pem", "/etc/gw.pem", "/etc/gw.key"),
            HomeAssistant = new(true, "ha", "ha/status"),
        };
        Assert.Equal(expected, settings);
    }

    [Theory]
    [InlineData("false", false)]
    [InlineData("true", true)]
    [InlineData(null, null)]
    public void Home_assistant_is_on_off_or_not_mentioned(string? told, bool? expected)
    {
        Assert.Equal(expected, Read($"HomeAssistant:Enabled={told}").Settings.HomeAssistant.Enabled);
    }

    [Theory]
    [InlineData("Mqtt:CaFile", "is only used with TLS", "CaFile=/etc/ca.pem")]
    [InlineData("Mqtt:CertificateFile", "has to be an absolute path", "Tls=true", "CertificateFile=gw.pem")]
    [InlineData("Mqtt:CertificateFile", "is missing: Mqtt:KeyFile is set", "Tls=true", "KeyFile=/etc/gw.key")]
    [InlineData("Mqtt:Username", "is missing: Mqtt:PasswordFile is set", "PasswordFile=/etc/password")]
    [InlineData("Mqtt:Password", "does not belong into the configuration", "Password=hunter2")]
    [InlineData("Mqtt:PasswordFile", "is no absolute path (it is not shown here", "Username=gateway", "PasswordFile=hunter2")]
    [InlineData("Mqtt:KeyFile", "is no absolute path (it is not shown here", "Tls=true", "CertificateFile=/etc/gw.pem", "KeyFile=hunter2")]
    [InlineData("Mqtt:Protocol", "has to be auto, 5 or 3.1.1", "Protocol=4")]
    [InlineData("Mqtt:ClientId", "ASCII characters", "ClientId=a/b")]
    [InlineData("Mqtt:Host", "has to be a host name or an address alone", "Host=mqtts://broker.local")]
    [InlineData("Mqtt:Host", "the port is Mqtt:Port", "Host=broker.local:1883")]
    [InlineData("Mqtt:Host", "is *** (it has an @, and is not shown), and has to be a host name or an address alone", "Host=mqtts://gateway:hunter2@broker.local")]
    [InlineData("Mqtt:Port", "is *** (it has an @, and is not shown), and has to be a whole number", "Port=gateway:hunter2@broker.local")]
    [InlineData("Mqtt:CaFile", "is *** (it has an @, and is not shown), and has to be an absolute path", "Tls=true", "CaFile=gateway:hunter2@broker.local")]
    [InlineData("Mqtt:HomeAssistant:DiscoveryPrefix", "must not hold + or #", "HomeAssistant:DiscoveryPrefix=ha/#")]
    [InlineData("Mqtt:HomeAssistant:Enabled", "has to be true or false", "HomeAssistant:Enabled=perhaps")]
    [InlineData("Mqtt:HomeAssistant", "is true, and has to be an object: write { \"Enabled\": true }", "HomeAssistant=True")]
    [InlineData("Mqtt:HomeAssistant", "is false, and has to be an object: write { \"Enabled\": false }", "HomeAssistant=False")]
    [InlineData("Mqtt:HomeAssistant", "is \"on\", and has to be an object { … }", "HomeAssistant=on")]
    [InlineData("Mqtt:HomeAssistant", "is a list [ … ], and has to be an object { … }", "HomeAssistant:0=x", "HomeAssistant:1=y")]
    [InlineData("Mqtt:HomeAssistant:Prefix", "is no known key", "HomeAssistant:Prefix=ha")]
    public void What_is_wrong_is_named_with_its_key_and_no_secret(string key, string expected, params string[] pairs)
    {
        ConfigurationError error = Assert.Single(Read(pairs).Errors);
        Assert.Equal(key, error.Key);
        Assert.Contains(expected, error.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_word_for_tls_is_one_error_and_not_one_for_each_file()
    {
        Assert.Equal("Mqtt:Tls", Assert.Single(Read("Tls=ja", "CaFile=/etc/ca.pem", "CertificateFile=/etc/gw.pem").Errors).Key);
    }

    [Theory]
    [InlineData("Tls=1")]
    [InlineData("Tls=ja")]
    public void A_wrong_word_for_tls_hides_no_error_of_its_files(string tls)
    {
        Assert.Equal(
            ["Mqtt:Tls", "Mqtt:CertificateFile", "Mqtt:KeyFile", "Mqtt:CaFile"],
            Read(tls, "CaFile=ca.pem", "CertificateFile=gw.pem", "KeyFile=gw.key").Errors.Select(error => error.Key));
    }

    [Theory]
    [InlineData("localhost", false, false)]
    [InlineData("127.0.0.1", false, false)]
    [InlineData("[::1]", false, false)]
    [InlineData("192.168.1.5", false, true)]
    [InlineData("broker.local", false, true)]
    [InlineData("broker.local", true, false)]
    public void A_password_in_the_clear_is_known_as_one(string host, bool tls, bool expected)
    {
        Assert.Equal(expected, Read($"Host={host}", $"Tls={tls}", "Username=gateway").Settings.IsLoginInTheClear);
    }

    private static (MqttSettings Settings, IReadOnlyList<ConfigurationError> Errors) Read(params string[] pairs)
    {
        List<ConfigurationError> errors = [];
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(pairs.Select(pair => pair.Split('=', 2)).Select(pair => new KeyValuePair<string, string?>($"Mqtt:{pair[0]}", pair[1].Length == 0 ? null : pair[1]))).Build();
        return (MqttSection.Read(new SectionReader(configuration, "", errors).Section("Mqtt")), errors);
    }
}
