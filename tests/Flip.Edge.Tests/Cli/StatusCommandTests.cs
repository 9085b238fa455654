using Flip.Edge.Cli;
using Flip.Edge.Monitoring;
using Flip.Edge.Status;
using Flip.Edge.Tests.Support;

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

    /// <summary>A newcomer's finding: "waiting since …: waiting for the device", and an endpoint twice in one line.</summary>
    [Theory]
    [InlineData("waiting", "waiting for the device: xyz-123: silent", "commissioning  waiting since 2026-11-23 03:00:00Z for the device: xyz-123: silent")]
    [InlineData("reading", "reading the nameplates", "commissioning  reading the nameplates since 2026-11-23 03:00:00Z")]
    [InlineData("sending", "sending the request to Flip", "commissioning  sending the request to Flip since 2026-11-23 03:00:00Z")]
    [InlineData("queued", "waiting for the clock", "commissioning  queued since 2026-11-23 03:00:00Z: waiting for the clock")]
    [InlineData("commissioned", null, "commissioning  commissioned since 2026-11-23 03:00:00Z")]
    public async Task No_word_of_the_state_stands_there_twice(string state, string? reason, string expected) =>
        Assert.Contains(expected, await ShownAsync(Status(new(state, null, reason, new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero), false, 0, null, null, null))));

    [Theory]
    [InlineData("tcp://h:502?unit=1", "tcp://h:502 unit 1, read 2 holding registers at 40000: no answer", "read 2 holding registers at 40000: no answer")]
    [InlineData("tcp://h:502?unit=1", "tcp://h:502 unit 1 answers, but is no SunSpec device", "answers, but is no SunSpec device")]
    [InlineData("tcp://h:502?unit=1", "tcp://h:502: nothing has answered", "nothing has answered")]
    [InlineData("tcp://h:502?unit=1", "tcp://h:1502 unit 1, read: no answer", "tcp://h:1502 unit 1, read: no answer")]
    [InlineData("tcp://h:502?unit=1", "tcp://h:502 unit 10 answers", "unit 10 answers")]
    [InlineData("tcp://h:50?unit=1", "tcp://h:502 unit 1 answers", "tcp://h:502 unit 1 answers")]
    [InlineData("rtu:///dev/ttyUSB0?baud=9600&parity=none&stop=1&unit=1", "rtu:///dev/ttyUSB0 unit 1, read: no answer", "read: no answer")]
    [InlineData("an endpoint of tomorrow", "it is silent", "it is silent")]
    public async Task A_device_names_its_endpoint_once(string endpoint, string reason, string shown)
    {
        string[] lines = await ShownAsync(Status() with { Devices = [new("b", endpoint, "unreachable", reason, [])] });

        // Long lines are broken at the ends of words.
        string words = string.Join(' ', lines.SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Contains($" device b at {endpoint}: unreachable ({shown}) ", words, StringComparison.Ordinal);
    }

    /// <summary>A newcomer's finding: five tasks in one parenthesis of eleven lines, and neither where to type them nor flip-edge reload.</summary>
    [Fact]
    public async Task What_a_device_needs_of_a_person_is_a_line_each_and_where_to_type_it_is_said_once()
    {
        string[] needs = ["the device tells no power; type Overrides:MaxChargeW for device b", "as above; type Overrides:MaxDischargeW for device b"];
        string reason = NameplateReview.Sentence(Settings.Device("b", "tcp://h:502?unit=1"), needs)!;
        string[] lines = await ShownAsync(Status(new("attention", "nameplate", $"device b: {reason}", default, true, 0, null, null, null)) with
        {
            Devices = [new("b", "tcp://h:502?unit=1", "needs_input", reason, []) { Needs = needs }],
        });

        Assert.EndsWith("; type it into the configuration file at Devices, Id \"b\", then run flip-edge reload", reason, StringComparison.Ordinal);
        int device = Array.FindIndex(lines, line => line.StartsWith("device ", StringComparison.Ordinal));
        Assert.Equal("device         b at tcp://h:502?unit=1: needs input; type it into the configuration file at Devices,", lines[device]);
        Assert.Equal("               Id \"b\", then run flip-edge reload", lines[device + 1]);
        Assert.Equal(needs.Select(need => $"  to type      {need}"), lines[(device + 2)..(device + 4)]);
        Assert.Contains("commissioning  attention since 0001-01-01 00:00:00Z: device b: see below", lines);
    }

    [Fact]
    public async Task A_press_of_another_key_stands_below_the_button()
    {
        string[] lines = await ShownAsync(Status() with { Button = [new("input", "KEY_PROG1 from the FIFO /run/b", null, "KEY_ENTER (code 28) was pressed")] });

        Assert.Equal("  other key    KEY_ENTER (code 28) was pressed", lines[Array.IndexOf(lines, "button         KEY_PROG1 from the FIFO /run/b") + 1]);
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

    private static EdgeStatus Status(CommissioningStatus? commissioning = null) => new(
        "gw-0001", "1.0.0", commissioning ?? new("waiting", "trigger", "Nobody has started it.", default, false, 0, null, null, null), "abc-789", [], null, null,
        new(true, true), new(true, true), new("ok", null, null, null, null));

    private static async Task<string[]> ShownAsync(EdgeStatus status)
    {
        StringWriter output = new() { NewLine = "\n" };
        await StatusCommand.WriteAsync(output, status, json: false);
        return output.ToString().Split('\n');
    }
}
