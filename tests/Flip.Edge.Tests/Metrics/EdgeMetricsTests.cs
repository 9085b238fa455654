using Flip.Edge.Configuration;
using Flip.Edge.Logs;
using Flip.Edge.Metrics;
using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.Simulator.Hostile;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Tests.Metrics;

public sealed class EdgeMetricsTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public async Task Every_family_of_the_running_daemon_is_good_Prometheus_text()
    {
        await using HostedDevice device = await HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, 0);
        await using MockFlipCloud cloud = await MockFlipCloud.StartAsync(new(), TestContext.Current.CancellationToken);
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(EdgeUnderTest.Settings(_directory, cloud, device));
        await edge.PressAsync();
        await edge.UntilAsync("commissioned");
        await edge.UntilAsync("the enrollment is confirmed", status => status.GetProperty("enrollment_check").GetProperty("checked_at").ValueKind == System.Text.Json.JsonValueKind.String);

        Exposition metrics = await MetricsAsync(edge);

        Assert.Equal(1, metrics["flip_edge_commissioning_state{state=\"commissioned\"}"]);
        Assert.Equal(1, metrics["flip_edge_commissioning_attempts_total{outcome=\"commissioned\"}"]);
        Assert.Equal(0, metrics["flip_edge_outbox_requests"]);
        Assert.Equal(0, metrics["flip_edge_outbox_age_seconds"]);
        Assert.InRange(metrics["flip_edge_enrollment_age_seconds"], 0, 60);
        Assert.InRange(metrics["flip_edge_modbus_requests_total"], 1, 10_000);
        Assert.InRange(metrics["flip_edge_modbus_received_bytes_total"], 100, 1_000_000);
        Assert.InRange(metrics["process_resident_memory_bytes"], 5_000_000, 4_000_000_000);
        Assert.InRange(metrics["process_open_fds"], 5, 10_000);
        Assert.InRange(metrics["process_threads"], 2, 10_000);
        Assert.InRange(metrics["process_cpu_seconds_total"], 0.01, 1_000_000);
        Assert.Contains("flip_edge_disk_written_bytes_total", metrics.Series);
    }

    [Fact]
    public async Task The_outbox_is_as_old_as_the_request_that_Flip_has_not_answered()
    {
        await using HostedDevice device = await HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, 0);
        // Nobody is there to answer.
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(EdgeUnderTest.Settings(_directory, null, device));
        await edge.PressAsync();
        await edge.UntilAsync("queued", "transient");

        Exposition metrics = await MetricsAsync(edge);

        Assert.Equal(1, metrics["flip_edge_outbox_requests"]);
        Assert.InRange(metrics["flip_edge_outbox_age_seconds"], 0.001, 60);
        Assert.DoesNotContain("flip_edge_enrollment_age_seconds", metrics.Series);
    }

    /// <summary>A newcomer's finding: an alarm on 0 rang for each gateway that has no broker.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whether_the_broker_is_connected_is_only_told_where_there_shall_be_one(bool isEnabled)
    {
        // Port 9 of this machine: nobody listens there.
        EdgeSettings settings = EdgeUnderTest.Settings(_directory, null) with { Mqtt = new(isEnabled, "127.0.0.1", 9, "flip-edge") };
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(settings);

        Exposition metrics = await MetricsAsync(edge);

        Assert.Equal(isEnabled, metrics.Series.Contains("flip_edge_mqtt_connected"));
        if (isEnabled) Assert.Equal(0, metrics["flip_edge_mqtt_connected"]);
    }

    [Fact]
    public async Task A_reply_that_came_after_the_time_out_is_a_late_reply_and_not_a_foreign_frame_too()
    {
        DeviceBehaviour late = WireBehaviours.LateReplies(TimeSpan.FromMilliseconds(700));
        await using HostedDevice device = await HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, 0, [late]);
        EdgeSettings settings = EdgeUnderTest.Settings(_directory, null, device);
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(settings with { Devices = [settings.Devices[0] with { Profile = "sunspec" }] });

        Exposition metrics;
        while ((metrics = await MetricsAsync(edge))["flip_edge_modbus_errors_total{kind=\"late_reply\"}"] == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        Assert.InRange(metrics["flip_edge_modbus_errors_total{kind=\"late_reply\"}"], 1, 1000);
        Assert.Equal(0, metrics["flip_edge_modbus_errors_total{kind=\"foreign_frame\"}"]);
        Assert.InRange(metrics["flip_edge_modbus_errors_total{kind=\"timeout\"}"], 1, 1000);
    }

    [Fact]
    public void What_the_kernel_does_not_tell_is_left_out()
    {
        FakeTimeProvider time = new(new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero));
        RecentLog log = new();
        ProcessMetrics process = new(log, time, _directory.Path);
        log.Write(new(0, LogLevel.Warning, "c", 1, "m", [], null));
        log.Write(new(0, LogLevel.Information, "c", 1, "m", [], null));
        _directory.Write("io", "rchar: 12\nwrite_bytes: 4096\ncancelled_write_bytes: 9\n");
        time.Advance(TimeSpan.FromSeconds(90));
        MetricSet set = new();

        process.Write(set);

        Exposition metrics = new(PrometheusText.Of(set.Families));
        Assert.Equal(4096, metrics["flip_edge_disk_written_bytes_total"]);
        Assert.Equal(90, metrics["flip_edge_uptime_seconds"]);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds(), metrics["process_start_time_seconds"]);
        Assert.Equal(1, metrics["flip_edge_log_lines_total{level=\"warning\"}"]);
        Assert.Equal(0, metrics["flip_edge_log_lines_total{level=\"error\"}"]);
        Assert.DoesNotContain("process_resident_memory_bytes", metrics.Series);
        Assert.DoesNotContain("process_open_fds", metrics.Series);
    }

    private static async Task<Exposition> MetricsAsync(EdgeUnderTest edge) =>
        new(await edge.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken));

    public void Dispose() => _directory.Dispose();
}
