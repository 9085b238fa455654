using System.Globalization;
using System.Text.Json;
using Flip.Edge.Mqtt;
using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.Storage;
using Flip.Edge.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Flip.Edge.Tests.Local;

/// <summary>The field's finding: times had no, three or seven digits of a second, as it came, and a parser of one form failed now and then.</summary>
public sealed class TimesInJsonTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly SortedSet<string> _found = new(StringComparer.Ordinal);

    [Theory]
    [InlineData("2026-11-23T01:13:40+00:00", "2026-11-23T01:13:40.000Z")]
    [InlineData("2026-11-23T01:13:40.0429999+00:00", "2026-11-23T01:13:40.042Z")]
    [InlineData("2026-11-22T17:13:40.5-08:00", "2026-11-23T01:13:40.500Z")]
    public void The_form_is_UTC_with_milliseconds(string time, string text) => Assert.Equal(text, UtcText.Of(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture)));

    [Fact]
    public async Task Every_time_of_the_endpoint_and_the_topics_has_it()
    {
        await using HostedDevice device = await HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, 0);
        await using MockFlipCloud cloud = await MockFlipCloud.StartAsync(new() { Faults = MockFaultParser.Parse("503") }, TestContext.Current.CancellationToken);
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(EdgeUnderTest.Settings(_directory, cloud, device));
        await edge.PressAsync();
        await edge.UntilAsync("commissioned", status => status.GetProperty("commissioning").GetProperty("state").GetString() == "commissioned"
            && status.GetProperty("enrollment_check") is { ValueKind: JsonValueKind.Object } check && check.GetProperty("next_at").ValueKind == JsonValueKind.String
            && check.GetProperty("checked_at").ValueKind == JsonValueKind.String);
        edge.Configuration = new(null, [new("Site:Id", "is missing")]);
        using HttpResponseMessage refused = await edge.PostAsync("/api/v1/reload");
        foreach (string path in (string[])["nameplate", "enrollment", "commission/history", "log"]) Look(await edge.Http.GetStringAsync(new Uri($"/api/v1/{path}", UriKind.Relative), TestContext.Current.CancellationToken));
        using HttpResponseMessage walk = await edge.PostAsync("/api/v1/walk?device=xyz-123");
        Look(await walk.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        foreach ((_, byte[] payload) in edge.Services.GetRequiredService<RetainedMessages>().Now()) Look(System.Text.Encoding.UTF8.GetString(payload));
        Assert.Throws<SqliteException>(() => edge.Services.GetRequiredService<EdgeDatabase>().Read(connection => connection.Scalar("SELECT * FROM nothing")));
        Look((await edge.StatusAsync()).GetRawText());

        Assert.Equal(
            ["at", "checked_at", "failing_since", "frozen_at", "next_at", "read_at", "recorded_at", "refused_at", "settled_at", "since", "walked_at"], _found);
    }

    public void Dispose() => _directory.Dispose();

    private void Look(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        Look("", document.RootElement);
    }

    private void Look(string name, JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in element.EnumerateObject()) Look(property.Name, property.Value);
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in element.EnumerateArray()) Look(name, item);
        }
        else if (element.ValueKind == JsonValueKind.String && element.TryGetDateTimeOffset(out _) && name is not ("enrolled_at" or "unenrolled_at"))
        {
            // These two are Flip's, as Flip wrote them.
            _found.Add(name);
            Assert.True(DateTimeOffset.TryParseExact(element.GetString(), "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset _), $"{name} is {element.GetString()}");
        }
    }
}
