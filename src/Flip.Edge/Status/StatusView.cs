using Flip.Edge.Button;
using Flip.Edge.Commissioning;
using Flip.Edge.Configuration;
using Flip.Edge.Enrollment;
using Flip.Edge.Leds;
using Flip.Edge.Monitoring;
using Flip.Edge.Mqtt;
using Flip.Edge.Storage;
using Flip.Edge.Supervision;

namespace Flip.Edge.Status;

/// <summary>Puts the status together from the parts, as it is at this moment.</summary>
internal sealed class StatusView(
    CurrentSettings settings, CommissioningStore store, EdgeDatabase database, DeviceWatch devices, IEnrollmentFeed feed, EnrollmentFreshness freshness, MqttState mqtt,
    ClockTrust clock, CredentialWatch credential, ButtonBindings buttons, CurrentLed led, WorkerFaults faults, TimeProvider time)
{
    public static string Version => BuildVersion.Version;

    /// <summary>Version of the feed; 0 before the site is commissioned.</summary>
    public long EnrollmentVersion => feed.Latest?.Version ?? 0;

    // The enrollment first: it is read from the database, and whether that can be read stands in the rest.
    public EdgeStatus Now => Of(feed.Latest);

    /// <summary>The same for whoever is not of the service's group: it quotes nothing of the configuration, which not every local process may read.</summary>
    public EdgeStatus NowForEverybody => Now with { Configuration = ConfigurationStatus.Of(settings.State, isForEverybody: true), Failing = Failing(fault => fault.Kind) };

    private EdgeStatus Of(EnrollmentSnapshot? enrollment) => new(
        settings.Now.Gateway.Id,
        Version,
        Commissioning,
        store.Current.Outbox?.SiteId ?? settings.Now.Site.Id,
        [.. devices.Statuses.Select(device => new DeviceStatusLine(
            device.Device.Id, device.Device.Endpoint.ToString(), DeviceStatus.Name(device.State), device.Reason,
            [.. (device.Nameplate?.Warnings ?? []).Where(warning => warning.Code == "drift").Select(warning => warning.Sentence)]) { Needs = device.Needs is { Count: > 0 } needs ? needs : null })],
        enrollment is null ? null : Line(enrollment),
        enrollment is null ? null : Check(freshness.Now),
        new(mqtt.IsConnected, mqtt.IsEnabled, mqtt.Reason),
        new(clock.IsTrusted, clock.IsSynchronized),
        StorageStatus.Of(database.Health))
    {
        Credential = credential.Now,
        Configuration = ConfigurationStatus.Of(settings.State),
        Button = buttons.Now is { Count: > 0 } bound ? bound : null,
        Led = led.Now,
        Failing = Failing(fault => fault.Reason),
    };

    public CommissioningStatus Commissioning
    {
        get
        {
            CommissioningRecord record = store.Current;
            return new(
                record.State.ToString().ToLowerInvariant(),
                record.Reason?.Code,
                Sentence(record.Reason),
                record.Since,
                record.IsRequested || record.Outbox is not null,
                record.Outbox?.Attempts ?? 0,
                // What is under way is not what is next; the hint stays on the disk while Flip is asked.
                record.State == CommissioningState.Sending ? null : record.Outbox?.NextAttemptAt,
                record.Outbox?.LastOutcome,
                record.Outbox?.Digest)
            {
                Trouble = Trouble() is { Count: > 0 } trouble ? trouble : null,
            };
        }
    }

    // Of storage that fails, its own line says more.
    private IEnumerable<WorkerFault> Faults => faults.Now.Where(fault => !fault.IsOfStorage || database.Health.Failure is null);

    private FailingWorkerLine[]? Failing(Func<WorkerFault, string> reason) => Faults.Select(fault => new FailingWorkerLine(fault.Worker, fault.Since, reason(fault))).ToArray() is { Length: > 0 } failing ? failing : null;

    private List<TroubleLine> Trouble()
    {
        List<TroubleLine> trouble = [];
        Add("credential", credential.Now.Reason);
        Add("configuration", settings.State.Brief);
        Add("storage", database.Health.Failure);
        foreach (WorkerFault fault in Faults) Add("worker", fault.Brief);
        foreach (ButtonBinding button in buttons.Now.Where(button => button.IsMissed)) Add("button", $"the button ({button.Source}) is not bound: {button.Reason}");
        if (led.Now is { Reason: { } dark }) Add("led", $"the LED {led.Now.Name} can't be used: {dark}");
        return trouble;

        void Add(string code, string? sentence)
        {
            if (sentence is not null) trouble.Add(new(code, sentence));
        }
    }

    private string? Sentence(StateReason? reason) => reason switch
    {
        { IsUnstarted: true } => StateReason.Start(buttons.Now.Count == 0 ? null : buttons.Now.Any(button => button.Bound is not null)),
        // What the disk says of a device is from before the start, until each was read once.
        { Code: "device" or "nameplate" } when devices.Statuses.Any(device => device.State == DeviceState.Unknown) =>
            $"the devices are read for the first time since the start; before it: {reason.Sentence}",
        _ => reason?.Sentence,
    };

    public EnrollmentDocument Document(EnrollmentSnapshot snapshot) => new(
        snapshot.State.SiteId,
        snapshot.State.DeviceIds,
        Line(snapshot),
        [.. snapshot.State.Programs.Select(program => new ProgramLine(
            program.Id, program.Name, program.CanAutoEnroll, program.MinimumReservePercentage, program.ParticipationMonths))],
        snapshot.Version,
        snapshot.RecordedAt,
        freshness.Now.CheckedAt);

    /// <summary>Every frozen request, the newest first.</summary>
    public IReadOnlyList<HistoryLine> History() => [.. store.History().Select(entry => new HistoryLine(
        entry.Key, entry.Digest, entry.SiteId, [.. entry.Devices.Select(device => device.Id)], entry.FrozenAt, entry.Attempts, entry.UnknownTries,
        entry.Conflicts, entry.LastOutcome, entry.LastDetail, entry.RecoveredAs, entry.SettledAt, entry.SettledAs))];

    // A clock that was set back makes no negative age.
    private EnrollmentCheckLine Check(EnrollmentCheck check) => new(
        check.CheckedAt, check.CheckedAt is { } at ? Math.Max(0, (long)(time.GetUtcNow() - at).TotalSeconds) : null, check.LastOutcome, check.Reason, check.NextAt);

    private static EnrollmentStatusLine? Line(EnrollmentSnapshot snapshot) => snapshot.State.Enrollment is not { } enrollment
        ? null
        : new(
            enrollment.Status?.ToString(),
            enrollment.StatusReason,
            EnrollmentAdvice.Of(enrollment),
            enrollment.Id,
            enrollment.ProgramId,
            snapshot.State.Programs.FirstOrDefault(program => program.Id == enrollment.ProgramId)?.Name,
            enrollment.EnrollMethod?.ToString(),
            enrollment.DeviceIds,
            enrollment.EnrolledAt?.ToString(),
            enrollment.UnenrolledAt?.ToString(),
            snapshot.Version,
            snapshot.RecordedAt);
}
