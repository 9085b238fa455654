using System.CommandLine;
using System.Net;
using System.Text;
using System.Text.Json;
using Flip.Edge.Cli;
using Flip.Edge.Configuration;
using Flip.Edge.Logs;
using Flip.Edge.Mqtt;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Flip.Edge.Tests.Configuration;

/// <summary>An attacker's finding: a file with 23,000 errors made 7 MB of log, and as much in the answer to a reload.</summary>
public sealed class GarbledConfigurationTests : IDisposable
{
    private const int Many = 23_000;

    private readonly TempDirectory _directory = new();

    [Fact]
    public async Task A_reload_tells_the_first_20_how_many_more_there_are_and_where_all_are_told()
    {
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(EdgeUnderTest.Settings(_directory, null));
        edge.Configuration = new(null, [.. Enumerable.Range(1, Many).Select(i => new ConfigurationError($"Key{i}", "is no known key"))]);

        using HttpResponseMessage answer = await edge.PostAsync("/api/v1/reload");
        string text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("Key20 is no known key; and 22980 more, which flip-edge config check names", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Key21 ", text, StringComparison.Ordinal);
        LogLine[] lines = [.. edge.Services.GetRequiredService<RecentLog>().Lines.Where(line => line.EventId is 234 or 239)];
        Assert.Equal([.. Enumerable.Repeat(234, FirstErrors.Most), 239], lines.Select(line => line.EventId));
        Assert.Contains("22980 more errors", lines[^1].Message, StringComparison.Ordinal);
        JsonElement configuration = (await edge.StatusAsync()).GetProperty("configuration");
        Assert.Equal(Many, configuration.GetProperty("errors").GetInt32());
        Assert.Contains("Key1: is no known key, and 22999 more", configuration.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task However_long_a_key_or_a_value_is_the_log_the_status_and_the_topic_stay_short()
    {
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(EdgeUnderTest.Settings(_directory, null));
        edge.Configuration = new(null, [new(new string('k', 1_000_000), $"is \"{new string('v', 1_000_000)}\"")]);

        using HttpResponseMessage answer = await edge.PostAsync("/api/v1/reload");

        Assert.InRange((await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length, 100, 3000);
        Assert.InRange((await edge.StatusAsync()).GetRawText().Length, 100, 6000);
        Assert.InRange(edge.Services.GetRequiredService<RetainedMessages>().Now().First().Payload.Length, 100, 3000);
        Assert.All(edge.Services.GetRequiredService<RecentLog>().Lines, line => Assert.InRange(line.Message.Length, 1, 3000));
    }

    [Fact]
    public void A_start_tells_the_first_20_and_the_command_that_tells_all()
    {
        string file = Garbled(500);
        StringWriter errors = new();

        Assert.Null(ConfigOptions.Load(file, [], errors));

        string[] lines = errors.ToString().TrimEnd().Split('\n');
        Assert.Equal(FirstErrors.Most + 2, lines.Length);
        Assert.StartsWith("… and ", lines[^2], StringComparison.Ordinal);
        Assert.EndsWith($" more: flip-edge config check --config {file} names all of them", lines[^2], StringComparison.Ordinal);
        Assert.EndsWith("errors in the configuration", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Config_check_tells_all()
    {
        StringWriter errors = new();
        int code = await EdgeCommandLine.Create().Parse(["config", "check", "--config", Garbled(500)]).InvokeAsync(new InvocationConfiguration { Error = errors }, TestContext.Current.CancellationToken);

        Assert.Equal(ExitCodes.Usage, code);
        for (int i = 0; i < 500; i++) Assert.Contains($"Key{i}: is no known key", errors.ToString(), StringComparison.Ordinal);
    }

    /// <summary>An attacker's finding: 20,000 devices with three errors each took more than a minute, as each value was looked for among all errors.</summary>
    [Fact]
    public void A_section_looks_for_its_errors_among_its_own()
    {
        List<ConfigurationError> errors = [new("Mqtt:Host", "is another reader's")];
        SectionReader section = new SectionReader(new ConfigurationBuilder().Build(), "", errors).Section("Mqtt");

        Assert.False(section.HasFailed("Host"));
        section.Required("Host", "the broker");

        Assert.True(section.HasFailed("Host"));
        Assert.False(section.HasFailed("Port"));
        Assert.Equal(2, errors.Count);
    }

    [Fact]
    public void An_emoji_is_not_cut_in_half() => Assert.Equal("ab…", FirstErrors.Cut("ab😀cd", 4));

    private string Garbled(int errors)
    {
        StringBuilder json = new("{");
        for (int i = 0; i < errors; i++) json.Append(System.Globalization.CultureInfo.InvariantCulture, $"\"Key{i}\":1,");
        return _directory.Write("garbled.json", $"{json.ToString().TrimEnd(',')}}}");
    }

    public void Dispose() => _directory.Dispose();
}
