using Flip.Edge.Configuration;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Configuration;

public sealed class ConfigurationWarningsTests
{
    [Fact]
    public void There_is_none_for_an_ordinary_configuration()
    {
        Assert.Empty(ConfigurationWarnings.Of(Settings.For("/tmp")));
        Assert.Empty(ConfigurationWarnings.Of(WithKey(148)));
    }

    [Fact]
    public void The_power_key_as_the_button_is_warned_of_by_its_name()
    {
        string warning = Assert.Single(ConfigurationWarnings.Of(WithKey(116)));

        Assert.StartsWith("Button:Input:Key is KEY_POWER: systemd-logind acts on it too and powers the gateway off", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_in_the_clear_is_warned_of_with_the_broker()
    {
        EdgeSettings settings = Settings.For("/tmp") with { Mqtt = new(true, "192.168.1.5", 1883, "flip-edge") { Username = "gateway" } };

        Assert.StartsWith("Mqtt:Tls is off, and the password goes to 192.168.1.5:1883 in the clear", Assert.Single(ConfigurationWarnings.Of(settings)), StringComparison.Ordinal);
    }

    private static EdgeSettings WithKey(ushort key) => Settings.For("/tmp") with { Button = new(new("/dev/input/event0", key), null, TimeSpan.Zero, TimeSpan.FromSeconds(3)) };
}
