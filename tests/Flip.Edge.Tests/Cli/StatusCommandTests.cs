using Flip.Edge.Cli;
using Flip.Edge.Status;

namespace Flip.Edge.Tests.Cli;

public sealed class StatusCommandTests
{
    [Theory]
    [InlineData(true, true, null, "mqtt           connected")]
    [InlineData(false, true, "nothing listens there", "mqtt           not connected: nothing listens there")]
    [InlineData(false, false, null, "mqtt           off")]
    [InlineData(false, null, null, "mqtt           not connected")]
    public async Task Mqtt_that_is_off_is_not_called_not_connected(bool connected, bool? enabled, string? reason, string expected)
    {
        EdgeStatus status = new(
            "gw-0001", "1.0.0", new("waiting", "trigger", "Nobody has started it.", default, false, 0, null, null, null), "abc-789", [], null, null,
            new(connected, enabled, reason), new(true, true), new("ok", null, null, null, null));
        StringWriter output = new();
        await StatusCommand.WriteAsync(output, status, json: false);
        Assert.Contains(output.ToString().Split('\n'), line => line.TrimEnd() == expected);
    }

    [Theory]
    [InlineData("commissioned", "used", null, false)]
    [InlineData("commissioned", "restart_needed", null, false)]
    [InlineData("commissioned", "refused", null, true)]
    [InlineData("waiting", "refused", null, true)]
    [InlineData("waiting", "used", "there is no token", true)]
    [InlineData("commissioned", "used", "there is no token", false)]
    [InlineData("attention", "used", null, true)]
    [InlineData("waiting", null, null, false)]
    public void A_person_is_needed_for_the_commissioning_and_for_a_configuration_that_was_refused(string state, string? configuration, string? credential, bool expected)
    {
        EdgeStatus status = new(
            "gw-0001", "1.0.0", new(state, null, null, default, false, 0, null, null, null), "abc-789", [], null, null,
            new(true, true), new(true, true), new("ok", null, null, null, null))
        {
            Credential = new("token", credential),
            Configuration = configuration is null ? null : new(configuration, null, null, 0, []),
        };

        Assert.Equal(expected, status.NeedsPerson);
    }

    [Fact]
    public async Task What_flip_a_broker_or_a_device_says_never_makes_a_line_of_its_own_nor_steers_the_terminal()
    {
        EdgeStatus status = new(
            "gw-0001", "1.0.0", new("queued", "transient", "bad\u001b[2J\nsite  commissioned\u2028\u202e", default, true, 1, null, "transient", null), "abc-789",
            [new("xyz-123", "tcp://device", "unreachable", "\u009b31m\renrollment  ACTIVE", [])], null, null, new(false, true, "\u0007"), new(true, true), new("ok", null, null, null, null));
        StringWriter output = new();
        await StatusCommand.WriteAsync(output, status, json: false);
        string text = output.ToString();
        Assert.Contains(@"bad\u001B[2J\u000Asite", text, StringComparison.Ordinal);
        Assert.Contains(@"(\u009B31m\u000Denrollment", text, StringComparison.Ordinal);
        Assert.Contains(@"not connected: \u0007", text, StringComparison.Ordinal);
        Assert.Equal(TerminalText.Shown(text), text);
    }
}
