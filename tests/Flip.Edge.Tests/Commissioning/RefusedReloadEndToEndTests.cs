using System.Net;
using System.Text;
using System.Text.Json;
using Flip.Edge.Cli;
using Flip.Edge.Configuration;
using Flip.Edge.Mqtt;
using Flip.Edge.Status;
using Flip.Edge.Supervision;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Flip.Edge.Tests.Commissioning;

/// <summary>The field's finding: a reload that was refused stood in the log alone, and whoever looked at the status took the file for what is used.</summary>
public sealed class RefusedReloadEndToEndTests : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private EdgeSettings _settings = null!;
    private EdgeUnderTest _edge = null!;

    public async ValueTask InitializeAsync() => _edge = await EdgeUnderTest.StartAsync(_settings = EdgeUnderTest.Settings(_directory, null));

    [Fact]
    public async Task It_stands_in_the_status_the_topic_and_the_sentence_for_systemd_until_a_good_one()
    {
        Assert.Equal("used", (await ConfigurationAsync()).GetProperty("state").GetString());
        Assert.DoesNotContain("\"trouble\"", Topic(), StringComparison.Ordinal);
        TimeProvider time = TimeProvider.System;
        DateTimeOffset before = time.GetUtcNow();

        _edge.Configuration = new(null, [new("Mqtt:Prot", "is no known key"), new("Site:Id", "is missing")]);
        await ReloadAsync(HttpStatusCode.UnprocessableEntity);

        JsonElement refused = await ConfigurationAsync();
        Assert.Equal(("refused", 2), (refused.GetProperty("state").GetString(), refused.GetProperty("errors").GetInt32()));
        Assert.InRange(refused.GetProperty("refused_at").GetDateTimeOffset(), before.AddSeconds(-1), time.GetUtcNow());
        const string Sentence = "the configuration has errors, and the one before is used: Mqtt:Prot: is no known key, and 1 more. flip-edge config check names them all; mend them and run flip-edge reload";
        Assert.Equal(Sentence, refused.GetProperty("reason").GetString());
        // What everybody may read has no more of the file than a key.
        const string Brief = "the configuration has errors (2, the first at Mqtt:Prot), and the one before is used: flip-edge config check names them; mend them and run flip-edge reload";
        Assert.Contains($"\"trouble\":[{{\"code\":\"configuration\",\"sentence\":\"{Brief}\"}}]", Topic(), StringComparison.Ordinal);
        Assert.Contains(Brief, _edge.Services.GetRequiredService<StatusNotices>().Sentence, StringComparison.Ordinal);
        Assert.Contains("configuration  the configuration has errors, and the one before is used", await ShownAsync(), StringComparison.Ordinal);

        _edge.Configuration = new(_settings, []);
        await ReloadAsync(HttpStatusCode.OK);

        Assert.Equal("used", (await ConfigurationAsync()).GetProperty("state").GetString());
        Assert.DoesNotContain("\"trouble\"", Topic(), StringComparison.Ordinal);
        Assert.DoesNotContain("configuration  ", await ShownAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_good_one_could_not_apply_stands_there_too_also_after_a_refused_one()
    {
        _edge.Configuration = new(_settings with { Mqtt = _settings.Mqtt with { Port = 1884 } }, []);
        await ReloadAsync(HttpStatusCode.OK);

        JsonElement waits = await ConfigurationAsync();
        Assert.Equal("restart_needed", waits.GetProperty("state").GetString());
        Assert.Equal("changed in the configuration, and used only after a restart of the service: Mqtt", waits.GetProperty("reason").GetString());

        _edge.Configuration = new(null, [new("Site:Id", "is missing")]);
        await ReloadAsync(HttpStatusCode.UnprocessableEntity);

        JsonElement refused = await ConfigurationAsync();
        Assert.Equal("refused", refused.GetProperty("state").GetString());
        Assert.Equal("Mqtt", refused.GetProperty("need_restart")[0].GetString());
    }

    public async ValueTask DisposeAsync()
    {
        await _edge.DisposeAsync();
        _directory.Dispose();
    }

    private async Task<JsonElement> ConfigurationAsync() => (await _edge.StatusAsync()).GetProperty("configuration");

    private async Task ReloadAsync(HttpStatusCode expected)
    {
        using HttpResponseMessage answer = await _edge.PostAsync("/api/v1/reload");
        Assert.Equal(expected, answer.StatusCode);
    }

    private string Topic() => Encoding.UTF8.GetString(_edge.Services.GetRequiredService<RetainedMessages>().Now().First().Payload);

    private async Task<string> ShownAsync()
    {
        await using StringWriter output = new();
        await StatusCommand.WriteAsync(output, _edge.Services.GetRequiredService<StatusView>().Now, json: false);
        return output.ToString().ReplaceLineEndings(" ").Replace("               ", "", StringComparison.Ordinal);
    }
}
