using System.Globalization;
using System.Text.Json;
using Flip.Edge.Configuration;
using Flip.Edge.Logs;
using Flip.Edge.Metrics;
using Flip.Edge.Otlp;
using Flip.Edge.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Flip.Edge.Tests.Otlp;

/// <summary>Against a collector on loopback, in real HTTP; the pauses are on fake time.</summary>
public sealed class OtlpExporterTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private readonly WatchedTime _time = new(Start);
    private readonly TempDirectory _directory = new();
    private readonly LogLines<OtlpExporter> _log = new();
    private readonly OtlpLogQueue _queue = new();
    private Collector _collector = null!;
    private OtlpExporter? _exporter;
    private OtlpClient? _client;
    private OtlpCounts _counts = null!;

    public async ValueTask InitializeAsync()
    {
        _collector = await Collector.StartAsync();
        _counts = new(_queue);
    }

    [Fact]
    public async Task The_metrics_are_those_of_the_page_with_times_kinds_and_units()
    {
        await ExportAsync();

        await UntilAsync(() => _collector.Metrics.Count >= 2);

        JsonElement counter = _collector.Metrics.First(metric => metric.GetProperty("name").GetString() == "a_seconds_total");
        Assert.Equal("s", counter.GetProperty("unit").GetString());
        Assert.Equal(2, counter.GetProperty("sum").GetProperty("aggregationTemporality").GetInt32());
        Assert.True(counter.GetProperty("sum").GetProperty("isMonotonic").GetBoolean());
        JsonElement point = Assert.Single(counter.GetProperty("sum").GetProperty("dataPoints").EnumerateArray());
        Assert.Equal(3, point.GetProperty("asDouble").GetDouble());
        Assert.Equal("x", Collector.Attribute(point, "kind"));
        Assert.Equal(Start, Time(point.GetProperty("startTimeUnixNano")));
        Assert.InRange(Time(point.GetProperty("timeUnixNano")), Start, _time.GetUtcNow());
        JsonElement gauge = _collector.Metrics.First(metric => metric.GetProperty("name").GetString() == "b_bytes");
        Assert.Equal("By", gauge.GetProperty("unit").GetString());
        Assert.Single(gauge.GetProperty("gauge").GetProperty("dataPoints").EnumerateArray());
        // A family without a sample is no metric.
        Assert.DoesNotContain(_collector.Metrics, metric => metric.GetProperty("name").GetString() == "c");
    }

    [Fact]
    public async Task A_line_of_the_log_is_a_record_with_its_values()
    {
        _queue.Write(Line("Device battery-1 is unreachable") with { Exception = new InvalidOperationException("broken") });
        await ExportAsync();

        await UntilAsync(() => !_collector.Logs.IsEmpty);

        JsonElement record = Assert.Single(_collector.Logs);
        Assert.Equal("Device battery-1 is unreachable", record.GetProperty("body").GetProperty("stringValue").GetString());
        Assert.Equal(13, record.GetProperty("severityNumber").GetInt32());
        Assert.Equal("Warning", record.GetProperty("severityText").GetString());
        Assert.Equal("battery-1", Collector.Attribute(record, "flip.device"));
        Assert.Equal("102", Collector.Attribute(record, "flip.event_id"));
        Assert.Equal("System.InvalidOperationException", Collector.Attribute(record, "exception.type"));
        Assert.Equal("broken", Collector.Attribute(record, "exception.message"));
    }

    [Fact]
    public async Task A_line_from_before_the_clock_was_set_gets_its_right_time()
    {
        _queue.Write(Line("early"));
        _time.Advance(TimeSpan.FromSeconds(60));
        DateTimeOffset set = new(2031, 1, 1, 0, 0, 0, TimeSpan.Zero);
        _time.Jump(set);
        await ExportAsync();

        await UntilAsync(() => !_collector.Logs.IsEmpty);

        Assert.Equal(set.AddSeconds(-60), Time(Assert.Single(_collector.Logs).GetProperty("timeUnixNano")));
    }

    [Fact]
    public async Task Headers_come_from_a_file_and_a_new_key_needs_no_restart()
    {
        string file = _directory.Write("headers", "Authorization: Bearer one\n\nX-Scope: fleet\n");
        await ExportAsync(settings => settings with { HeadersFile = file });
        await UntilAsync(() => _collector.Authorizations.Contains("Bearer one"));

        _directory.Write("headers", "Authorization: Bearer two\n");

        await UntilAsync(() => _collector.Authorizations.Contains("Bearer two"));
    }

    [Fact]
    public async Task A_file_of_headers_that_everybody_can_read_is_not_used_and_the_line_that_says_so_does_not_quote_it()
    {
        string file = _directory.Write("headers", "Authorization: Bearer geheim\n", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        await ExportAsync(settings => settings with { HeadersFile = file });

        await UntilAsync(() => _log.Lines.Any(line => line.Id == 600));

        Assert.Equal(0, _collector.Requests);
        Assert.Contains("0604", _log.Lines.First().Line, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", _log.Lines.First().Line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collector_that_is_away_is_one_line_when_it_goes_and_one_when_it_is_back_and_no_line_is_lost()
    {
        _collector.Answer = Status(503);
        _queue.Write(Line("kept"));
        await ExportAsync();
        await UntilAsync(() => _collector.Requests >= 12);

        _collector.Answer = null;
        await UntilAsync(() => !_collector.Logs.IsEmpty && !_collector.Metrics.IsEmpty && _log.Lines.Count(line => line.Id == 601) == 2);

        Assert.Equal("kept", Assert.Single(_collector.Logs).GetProperty("body").GetProperty("stringValue").GetString());
        // One for the metrics, and one for the lines.
        Assert.Equal(2, _log.Lines.Count(line => line.Id == 600));
        foreach (string path in (string[])["v1/metrics", "v1/logs"])
        {
            Assert.Contains(_log.Lines, line => line.Id == 600 && line.Line.Contains($"at {_collector.BaseUrl}{path} (", StringComparison.Ordinal));
            Assert.Contains(_log.Lines, line => line.Id == 601 && line.Line.EndsWith($"at {_collector.BaseUrl}{path}", StringComparison.Ordinal));
        }

        Assert.Equal(0, _queue.Dropped);
    }

    [Fact]
    public async Task What_the_collector_refuses_for_good_is_not_sent_again_and_is_counted()
    {
        _collector.Answer = Status(400);
        _queue.Write(Line("refused"));
        await ExportAsync();
        await UntilAsync(() => _queue.Dropped == 1);

        _collector.Answer = null;
        _queue.Write(Line("next"));
        await UntilAsync(() => !_collector.Logs.IsEmpty);

        Assert.Equal("next", Assert.Single(_collector.Logs).GetProperty("body").GetProperty("stringValue").GetString());
    }

    [Fact]
    public async Task What_the_collector_leaves_out_of_what_it_takes_is_counted()
    {
        _collector.Answer = context => context.Response.WriteAsync("""{"partialSuccess":{"rejectedLogRecords":"2","errorMessage":"too old"}}""", TestContext.Current.CancellationToken);
        for (int i = 0; i < 3; i++) _queue.Write(Line("some"));
        await ExportAsync();

        await UntilAsync(() => _queue.Dropped == 2);
    }

    [Fact]
    public async Task An_answer_that_is_no_UTF_8_is_no_reason_to_end()
    {
        _collector.Answer = context => context.Response.Body.WriteAsync(
            (byte[])[.. "{\"partialSuccess\":{\"rejectedLogRecords\":\""u8, 0xFF, 0xFE, .. "\"}}"u8], TestContext.Current.CancellationToken).AsTask();
        _queue.Write(Line("first"));
        await ExportAsync();
        await UntilAsync(() => _collector.Logs.Count == 1);
        _queue.Write(Line("second"));

        await UntilAsync(() => _collector.Logs.Count == 2);
    }

    [Fact]
    public async Task A_Retry_After_is_waited_out()
    {
        _collector.Answer = context =>
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            context.Response.Headers.RetryAfter = "1800";
            return Task.CompletedTask;
        };
        _queue.Write(Line("patient"));
        await ExportAsync(settings => settings with { Interval = TimeSpan.FromHours(1) });
        await UntilAsync(() => _collector.Requests == 1 && _log.Lines.Any(line => line.Id == 600));
        _collector.Answer = null;
        DateTimeOffset refused = _time.GetUtcNow();

        await UntilAsync(() => !_collector.Logs.IsEmpty, stepSeconds: 30);

        Assert.InRange(_time.GetUtcNow() - refused, TimeSpan.FromSeconds(1790), TimeSpan.FromDays(2));
    }

    [Fact]
    public void A_full_queue_loses_its_oldest_line_and_counts_it()
    {
        for (int i = 0; i <= OtlpLogQueue.Most; i++) _queue.Write(Line(i.ToString(CultureInfo.InvariantCulture)));

        Assert.Equal(1, _queue.Dropped);
        Assert.Equal("1", _queue.Take(1)[0].Message);
    }

    [Fact]
    public void Lines_that_come_back_go_to_the_front_and_never_drive_a_newer_one_out()
    {
        for (int i = 0; i < 3; i++) _queue.Write(Line($"old {i}"));
        IReadOnlyList<LogLine> taken = _queue.Take(3);
        for (int i = 0; i < OtlpLogQueue.Most - 2; i++) _queue.Write(Line("new"));

        _queue.Return(taken);

        Assert.Equal(1, _queue.Dropped);
        Assert.Equal(["old 1", "old 2", "new"], _queue.Take(3).Select(line => line.Message));
    }

    private LogLine Line(string message) => new(_time.GetTimestamp(), LogLevel.Warning, "Flip.Edge.Monitoring.DeviceMonitor", 102, message, [new("Device", "battery-1")], null);

    private static Func<HttpContext, Task> Status(int code) => context =>
    {
        context.Response.StatusCode = code;
        return Task.CompletedTask;
    };

    private static DateTimeOffset Time(JsonElement nanoseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(long.Parse(nanoseconds.GetString()!, CultureInfo.InvariantCulture) / TimeSpan.NanosecondsPerTick);

    private async Task ExportAsync(Func<OtlpSettings, OtlpSettings>? change = null)
    {
        OtlpSettings otlp = new(_collector.BaseUrl, null, TimeSpan.FromSeconds(10), true);
        if (change is not null) otlp = change(otlp);
        // A time-out on fake time would end a request that a busy machine is still carrying.
        _client = new(otlp, TimeProvider.System, null);
        _exporter = new(
            Settings.For(_directory.Path) with { Otlp = otlp }, new([new Given()]), _queue, _client, _counts, new(_time, DateTimeOffset.UnixEpoch), new(failure => failure.Message, new(), _time), _time, () => 0.5, _log);
        await _exporter.StartAsync(TestContext.Current.CancellationToken);
    }

    private async Task UntilAsync(Func<bool> isSo, int stepSeconds = 2)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (!isSo())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(120), "it did not come");
            _time.Advance(TimeSpan.FromSeconds(stepSeconds));
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_exporter is not null) await _exporter.StopAsync(CancellationToken.None);
        _exporter?.Dispose();
        _client?.Dispose();
        await _collector.DisposeAsync();
        _directory.Dispose();
    }

    private sealed class Given : IMetricSource
    {
        public void Write(MetricSet set)
        {
            set.Counter("a_seconds_total", "How long.").Add(3, ("kind", "x"));
            set.Gauge("b_bytes", "How much.").Add(4.5);
            set.Gauge("c", "Not known.");
        }
    }
}
