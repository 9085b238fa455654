using System.Text;
using System.Text.Json;
using Flip.Edge.Cli;
using Flip.Edge.Configuration;
using Flip.Edge.Metrics;
using Flip.Edge.Mqtt;
using Flip.Edge.Status;
using Flip.Edge.Storage;
using Flip.Edge.Supervision;
using Flip.Edge.Tests.Local;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Flip.Edge.Tests.Supervision;

/// <summary>An operator's finding: a worker that failed again and again stood in one line of the log (223), and nowhere in the status.</summary>
public sealed class WorkerFaultsTests : IAsyncLifetime
{
    // Workers that this daemon does not have: its own would work meanwhile, and say so.
    private const string Telemetry = "telemetry", Dispatch = "dispatch";

    private readonly TempDirectory _directory = new();
    private EdgeSettings _settings = null!;
    private EdgeUnderTest _edge = null!;

    private WorkerFaults Faults => _edge.Services.GetRequiredService<WorkerFaults>();

    private Uri Http => _settings.Local.Http!;

    public async ValueTask InitializeAsync()
    {
        EdgeSettings settings = EdgeUnderTest.Settings(_directory, null);
        _settings = settings with { Local = settings.Local with { Http = new($"http://127.0.0.1:{LocalEndpointTests.FreePort()}") } };
        _edge = await EdgeUnderTest.StartAsync(_settings);
    }

    [Fact]
    public async Task It_is_in_the_text_the_topic_the_sentence_for_systemd_and_the_metrics_and_the_others_see_no_more_than_its_type()
    {
        Assert.False(HasFailing(await _edge.StatusAsync()));

        Faults.Failed(Telemetry, new InvalidOperationException("a value of the file"));

        Assert.Equal("InvalidOperationException: a value of the file", (await _edge.StatusAsync()).GetProperty("failing")[0].GetProperty("reason").GetString());
        StringWriter shown = new();
        await StatusCommand.WriteAsync(shown, View.Now, json: false);
        Assert.Contains("worker         telemetry fails since ", shown.ToString(), StringComparison.Ordinal);
        Assert.Contains("the worker \"telemetry\" fails, see the log", StatusSentence.Of(View.Now, hasBroker: false), StringComparison.Ordinal);
        Assert.Contains("flip_edge_workers_failing 1\n", PrometheusText.Of(_edge.Services.GetRequiredService<EdgeMetrics>().Now()), StringComparison.Ordinal);
        using HttpClient anybody = new() { BaseAddress = Http };
        string overHttp = await anybody.GetStringAsync(new Uri("/api/v1/status", UriKind.Relative), TestContext.Current.CancellationToken);
        string topic = Encoding.UTF8.GetString(_edge.Services.GetRequiredService<RetainedMessages>().Now().First().Payload);
        Assert.Contains("\"code\":\"worker\",\"sentence\":\"the worker \\\"telemetry\\\" fails since ", topic, StringComparison.Ordinal);
        Assert.All([overHttp, topic], text =>
        {
            Assert.Contains("InvalidOperationException", text, StringComparison.Ordinal);
            Assert.DoesNotContain("a value of the file", text, StringComparison.Ordinal);
        });

        Assert.NotNull(Faults.Works(Telemetry));
        Assert.Null(Faults.Works(Telemetry));

        Assert.False(HasFailing(await _edge.StatusAsync()));
        Assert.Contains("flip_edge_workers_failing 0\n", PrometheusText.Of(_edge.Services.GetRequiredService<EdgeMetrics>().Now()), StringComparison.Ordinal);
    }

    [Fact]
    public void What_it_failed_with_is_shown_without_the_token_and_the_homeowner_and_in_one_short_line()
    {
        string token = File.ReadAllText(_directory.File("token")).Trim();

        string words = FaultWords.Of(new FormatException($"The format of value 'Bearer {token}' for John Doe,\n123 Main St is invalid. {new string('x', 1000)}"), _settings, _settings.Site, null);

        Assert.StartsWith("FormatException: The format of value 'Bearer ***' for ***", words, StringComparison.Ordinal);
        Assert.All([token, "John", "Main St", "\n"], secret => Assert.DoesNotContain(secret, words, StringComparison.Ordinal));
        Assert.InRange(words.Length, 100, 300);
    }

    [Fact]
    public async Task Of_storage_that_fails_the_line_of_the_storage_says_it_alone()
    {
        Faults.Failed(Telemetry, new StorageException("the disk is full"));
        Faults.Failed(Dispatch, new InvalidOperationException("a fault of ours"));
        Assert.Equal([Dispatch, Telemetry], View.Now.Failing!.Select(failing => failing.Worker));

        EdgeDatabase database = _edge.Services.GetRequiredService<EdgeDatabase>();
        database.Read(connection =>
        {
            connection.CreateFunction<int>("fails", () => throw new InvalidOperationException("full"));
            return connection.Scalar("CREATE TEMP TRIGGER full BEFORE UPDATE ON commissioning BEGIN SELECT fails(); END");
        });
        using HttpResponseMessage refused = await _edge.PressAsync();

        Assert.NotNull(database.Health.Failure);
        Assert.Equal([Dispatch], View.Now.Failing!.Select(failing => failing.Worker));
    }

    private StatusView View => _edge.Services.GetRequiredService<StatusView>();

    private static bool HasFailing(JsonElement status) => status.TryGetProperty("failing", out _);

    public async ValueTask DisposeAsync()
    {
        await _edge.DisposeAsync();
        _directory.Dispose();
    }
}
