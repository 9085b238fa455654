using System.Text;
using System.Text.Json;
using Flip.Edge.Button;
using Flip.Edge.Configuration;
using Flip.Edge.Mqtt;
using Flip.Edge.Supervision;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Flip.Edge.Tests.Status;

/// <summary>
/// The field's finding: "press the button" at a gateway that had none, or whose button was deaf, and a LED that stayed dark without a word
/// in the status.
/// </summary>
public sealed class ButtonAndLedInTheStatusTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public async Task Without_a_button_nobody_is_told_to_press_one()
    {
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(EdgeUnderTest.Settings(_directory, null));

        JsonElement status = await edge.StatusAsync();

        Assert.Equal("waiting for someone to start the commissioning: run flip-edge commission", Reason(status));
        Assert.False(status.TryGetProperty("led", out _));
        Assert.False(status.GetProperty("commissioning").TryGetProperty("trouble", out _));
    }

    [Fact]
    public async Task With_one_that_listens_they_are()
    {
        using Fifo fifo = new();
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(Settings(fifo.Path));

        await edge.UntilAsync("the button", status => Reason(status) == "waiting for someone to start the commissioning: press the button, or run flip-edge commission");
    }

    [Fact]
    public async Task A_button_that_is_not_there_is_named_and_nobody_is_told_to_press_it()
    {
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(Settings(_directory.File("no-such-event")));

        JsonElement status = await edge.UntilAsync("the button's absence", status => Trouble(status, "button") is not null);

        Assert.Equal("waiting for someone to start the commissioning: run flip-edge commission; the button is not bound, and a press would not be seen", Reason(status));
        Assert.StartsWith($"the button (input) is not bound: there is no {_directory.File("no-such-event")}: ", Trouble(status, "button"), StringComparison.Ordinal);
        Assert.Contains("\"code\":\"button\"", Topic(edge), StringComparison.Ordinal);
        Assert.EndsWith("; button (input) not bound", edge.Services.GetRequiredService<StatusNotices>().Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_LED_that_is_not_there_stands_in_status_topic_and_systemds_line()
    {
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(EdgeUnderTest.Settings(_directory, null) with { Led = new("no-such-led") });

        JsonElement status = await edge.UntilAsync("the LED's absence", status => Trouble(status, "led") is not null);

        JsonElement led = status.GetProperty("led");
        Assert.Equal(("no-such-led", null), (led.GetProperty("name").GetString(), led.GetProperty("shows").GetString()));
        Assert.StartsWith("there is no LED \"no-such-led\" (Led:Name); ", led.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal($"the LED no-such-led can't be used: {led.GetProperty("reason").GetString()}", Trouble(status, "led"));
        Assert.Contains("\"code\":\"led\"", Topic(edge), StringComparison.Ordinal);
        Assert.EndsWith("; LED no-such-led can't be used", edge.Services.GetRequiredService<StatusNotices>().Sentence, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    private EdgeSettings Settings(string device) => EdgeUnderTest.Settings(_directory, null) with
    {
        Button = new(new InputButtonSettings(device, 148), null, TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(3)),
    };

    private static string? Reason(JsonElement status) => status.GetProperty("commissioning").GetProperty("reason").GetString();

    private static string? Trouble(JsonElement status, string code) => status.GetProperty("commissioning").TryGetProperty("trouble", out JsonElement trouble)
        ? trouble.EnumerateArray().FirstOrDefault(line => line.GetProperty("code").GetString() == code) is { ValueKind: JsonValueKind.Object } line ? line.GetProperty("sentence").GetString() : null
        : null;

    private static string Topic(EdgeUnderTest edge) => Encoding.UTF8.GetString(edge.Services.GetRequiredService<RetainedMessages>().Now().First().Payload);
}
