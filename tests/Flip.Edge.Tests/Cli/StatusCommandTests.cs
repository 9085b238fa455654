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
}
