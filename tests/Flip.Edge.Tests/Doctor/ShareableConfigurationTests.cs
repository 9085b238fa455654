using System.Text;
using System.Text.Json;
using Flip.Edge.Doctor;
using Microsoft.Extensions.Configuration;

namespace Flip.Edge.Tests.Doctor;

public sealed class ShareableConfigurationTests
{
    private readonly SecretMask _mask = new();

    [Theory]
    [InlineData("Gateway:Id", "gw-1")]
    [InlineData("Site:Id", "site-1")]
    [InlineData("Devices:0:Endpoint", "tcp://192.168.1.50?unit=1")]
    [InlineData("devices:12:Overrides:SerialNumber", "EX-1")]
    [InlineData("Flip:TokenFile", "/etc/flip-edge/token")]
    [InlineData("Mqtt:Enabled", "true")]
    [InlineData("Commissioning:Retry:BaseDelay", "00:00:01")]
    [InlineData("SomethingNew:Limit", "12.5")]
    public void What_is_harmless_is_shown(string key, string value) => Assert.Equal(value, Shown(key, value));

    [Theory]
    [InlineData("Site:FirstName", "Wilhelmina")]
    [InlineData("Site:ZipCode", "88801")]
    [InlineData("Site:Emial", "a@b.example")]
    [InlineData("Flip:Token", "fl_0123456789abcdef")]
    [InlineData("Flip:Tokn", "fl_0123456789abcdef")]
    [InlineData("Flip:OAuth:ClientId", "client-0001")]
    [InlineData("Flip:TokenFile", "fl_0123456789abcdef")]
    [InlineData("Flip:BaseUrl", "https://user:pass@relay.example")]
    [InlineData("Mqtt:Password", "1234")]
    [InlineData("Mqtt:Username", "edge")]
    [InlineData("Installer:Pin", "0000")]
    [InlineData("SomethingNew:Text", "who knows")]
    public void What_is_secret_the_homeowners_or_unforeseen_is_withheld(string key, string value) => Assert.Equal(ShareableConfiguration.Withheld, Shown(key, value));

    [Fact]
    public void What_is_withheld_as_a_secret_is_masked_elsewhere_too_and_an_ordinary_word_is_not()
    {
        Shown("Flip:Tokn", "fl_0123456789abcdef");
        Shown("SomethingNew:Text", "start");

        Assert.Equal("start with ***", _mask.Apply("start with fl_0123456789abcdef"));
    }

    [Fact]
    public void What_is_withheld_is_masked_where_an_error_quotes_it_and_an_ordinary_word_nowhere_else()
    {
        Shown("Mqtt:Port", "hunter2", "Mqtt:Port");
        Shown("Mqtt:Tls", "yes", "Mqtt:Tls");

        Assert.Equal("""{"message":"Mqtt:Port ***, and has to be a whole number; Mqtt:Tls ***, yes"}""", _mask.Apply(
            """{"message":"Mqtt:Port is \"hunter2\", and has to be a whole number; Mqtt:Tls is \u0022yes\u0022, yes"}"""));
    }

    [Theory]
    [InlineData("Homeowner:Phone", "Homeowner")]
    [InlineData("Mqtt:Pasword", "Mqtt:Pasword")]
    public void A_number_of_a_key_that_nobody_knows_is_withheld(string key, string faulty) =>
        Assert.Equal(ShareableConfiguration.Withheld, Shown(key, "15551234567", faulty));

    /// <summary>A newcomer's finding: "gateway_id":"***", because the broker's user had the gateway's name, as security.md proposes.</summary>
    [Theory]
    [InlineData("Gateway:Id", "gw-0001", "gw-0001")]
    [InlineData("Devices:0:Id", "xyz-123", "xyz-123")]
    [InlineData("Mqtt:Port", "1883", "flip-edge")]
    [InlineData("Mqtt:Port", "1883", "***", "edge-user")]
    [InlineData("Mqtt:Password", "gw-0001", "***", "gw-0001")]
    public void A_user_who_is_named_after_what_the_bundle_shows_is_not_masked(string key, string value, string masked, string? user = null)
    {
        user ??= masked;
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection([new(key, value), new("Mqtt:Username", user)]).Build();
        using JsonDocument json = JsonDocument.Parse(ShareableConfiguration.Write(configuration, [], _mask));

        Assert.Equal(ShareableConfiguration.Withheld, json.RootElement.GetProperty("Mqtt:Username").GetString());
        Assert.Equal($"of {masked}", _mask.Apply($"of {user}"));
    }

    private string? Shown(string key, string value, params string[] faulty)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection([new(key, value)]).Build();
        using JsonDocument json = JsonDocument.Parse(Encoding.UTF8.GetString(ShareableConfiguration.Write(configuration, faulty, _mask)));
        return json.RootElement.GetProperty(key).GetString();
    }
}
