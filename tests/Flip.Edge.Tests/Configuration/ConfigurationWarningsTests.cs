using Flip.Edge.Configuration;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace Flip.Edge.Tests.Configuration;

public sealed class ConfigurationWarningsTests
{
    [Fact]
    public void There_is_none_for_an_ordinary_configuration()
    {
        Assert.Empty(Warnings(Settings.For("/tmp")));
        Assert.Empty(Warnings(WithKey(148)));
    }

    [Fact]
    public void The_power_key_as_the_button_is_warned_of_by_its_name()
    {
        string warning = Assert.Single(Warnings(WithKey(116)));

        Assert.StartsWith("Button:Input:Key is KEY_POWER: systemd-logind acts on it too and powers the gateway off", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_in_the_clear_is_warned_of_with_the_broker()
    {
        EdgeSettings settings = Settings.For("/tmp") with { Mqtt = new(true, "192.168.1.5", 1883, "flip-edge") { Username = "gateway" } };

        Assert.StartsWith("Mqtt:Tls is off, and the password goes to 192.168.1.5:1883 in the clear", Assert.Single(Warnings(settings)), StringComparison.Ordinal);
    }

    /// <summary>A newcomer's finding: whoever mended an error met the warning only then.</summary>
    [Fact]
    public void An_error_elsewhere_hides_no_warning()
    {
        SettingsResult result = Read("Gateway:Id=", "Mqtt:Enabled=maybe", "Mqtt:Host=192.168.1.5", "Mqtt:Username=gateway", "Button:Input:Device=/dev/input/event0", "Button:Input:Key=KEY_POWER");
        Assert.Null(result.Settings);
        Assert.Contains(result.Errors, error => error.Key == "Mqtt:Enabled");

        string[] warnings = [.. ConfigurationWarnings.Of(result.AsFarAsRead!, result.Errors)];

        Assert.Equal(2, warnings.Length);
        Assert.StartsWith("Mqtt:Tls is off, and the password goes to 192.168.1.5:1883", warnings[0], StringComparison.Ordinal);
        Assert.StartsWith("Button:Input:Key is KEY_POWER", warnings[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_wrong_key_the_error_is_told_alone()
    {
        SettingsResult result = Read("Mqtt:Tls=maybe", "Mqtt:Host=192.168.1.5", "Mqtt:Username=gateway", "Led:Name=a/b", "Button:Input:Device=relative");
        Assert.Equal(["Button:Input:Device", "Led:Name", "Mqtt:Tls"], result.Errors.Select(error => error.Key).Where(key => !key.StartsWith("Gateway", StringComparison.Ordinal) && !key.StartsWith("Site", StringComparison.Ordinal) && !key.StartsWith("Devices", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

        Assert.Empty(ConfigurationWarnings.Of(result.AsFarAsRead!, result.Errors));
    }

    private static SettingsResult Read(params string[] pairs) => SettingsReader.Read(
        new ConfigurationBuilder().AddInMemoryCollection(pairs.Select(pair => pair.Split('=', 2)).Select(pair => new KeyValuePair<string, string?>(pair[0], pair[1]))).Build(), TimeZoneInfo.Utc);

    private static IEnumerable<string> Warnings(EdgeSettings settings) => ConfigurationWarnings.Of(settings, []);

    private static EdgeSettings WithKey(ushort key) => Settings.For("/tmp") with { Button = new(new("/dev/input/event0", key), null, TimeSpan.Zero, TimeSpan.FromSeconds(3)) };
}
