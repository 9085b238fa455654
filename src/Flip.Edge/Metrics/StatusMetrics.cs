using Flip.Edge.Commissioning;
using Flip.Edge.Status;
using Flip.Edge.Storage;

namespace Flip.Edge.Metrics;

/// <summary>How far the commissioning is, and what stands around it.</summary>
internal sealed class StatusMetrics(StatusView status, CommissioningStore store, AttemptCounts attempts, TimeProvider time) : IMetricSource
{
    public void Write(MetricSet set)
    {
        EdgeStatus now = status.Now;
        set.Gauge("flip_edge_build_info", "The running version.").Add(1, ("version", now.Version));
        MetricFamily states = set.Gauge("flip_edge_commissioning_state", "1 for the state the commissioning is in.");
        foreach (CommissioningState state in Enum.GetValues<CommissioningState>())
        {
            string name = state.ToString().ToLowerInvariant();
            states.Add(name == now.Commissioning.State, ("state", name));
        }

        MetricFamily tries = set.Counter("flip_edge_commissioning_attempts_total", "Tries of this process by outcome.");
        foreach ((string outcome, long count) in attempts.All) tries.Add(count, ("outcome", outcome));
        Outbox(set, store.Current.Outbox);
        MetricFamily devices = set.Gauge("flip_edge_device_ok", "1 when the device's nameplate was read and is complete.");
        foreach (DeviceStatusLine device in now.Devices) devices.Add(device.State == "ok", ("device", device.Id));
        set.Gauge("flip_edge_enrollment_version", "Version of the enrollment feed; 0 before the site is commissioned.").Add(status.EnrollmentVersion);
        MetricFamily age = set.Gauge("flip_edge_enrollment_age_seconds", "Time since Flip last confirmed the enrollment; absent while that is not known.");
        if (now.EnrollmentCheck?.CheckedAt is { } checkedAt) age.Add(Age(checkedAt));
        MetricFamily broker = set.Gauge("flip_edge_mqtt_connected", "1 while the broker is connected; absent where Mqtt:Enabled is false.");
        if (now.Mqtt.Enabled == true) broker.Add(now.Mqtt.Connected);
        set.Gauge("flip_edge_credential_ready", "0 while the files of what the gateway shows Flip can't be used.").Add(now.Credential is { Reason: null });
        set.Gauge("flip_edge_clock_trusted", "1 when the clock is not before the build.").Add(now.Clock.Trusted);
        set.Gauge("flip_edge_workers_failing", "Workers that fail and are tried again by themselves.").Add(now.Failing?.Count ?? 0);
        set.Gauge("flip_edge_storage_ok", "0 while the database can't be written, or not be read.").Add(now.Storage.State == "ok");
    }

    private void Outbox(MetricSet set, OutboxEntry? entry)
    {
        bool isOpen = entry is { IsSettled: false };
        set.Gauge("flip_edge_outbox_requests", "Frozen requests without a final answer: 0 or 1.").Add(isOpen);
        set.Gauge("flip_edge_outbox_age_seconds", "Time since the request without a final answer was frozen; 0 when there is none.").Add(isOpen ? Age(entry!.FrozenAt) : 0);
    }

    // A clock that was set back makes no negative age.
    private double Age(DateTimeOffset since) => Math.Max(0, Math.Round((time.GetUtcNow() - since).TotalSeconds, 3));
}
