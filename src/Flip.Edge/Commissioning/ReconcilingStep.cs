using Flip.Edge.Cloud;
using Flip.Edge.Enrollment;
using Flip.Edge.Storage;

namespace Flip.Edge.Commissioning;

/// <summary>What came of asking Flip about a request whose outcome is not known.</summary>
internal abstract record Reconciled
{
    private Reconciled()
    {
    }

    /// <summary>Flip has the site as we asked for it.</summary>
    public sealed record Commissioned(EnrollmentState State, string Sentence) : Reconciled;

    /// <summary>Flip has no such site.</summary>
    public sealed record Absent : Reconciled;

    /// <summary>Flip lacks a device, and the body that describes it was lost with the database: a new one has to be frozen.</summary>
    public sealed record NeedsNewBody : Reconciled;

    /// <summary>Something only a person can settle.</summary>
    public sealed record NeedsPerson(StateReason Reason) : Reconciled;

    /// <summary>Flip could not be asked.</summary>
    public sealed record Failed(CommissionOutcome Why) : Reconciled;
}

/// <summary>
/// Settles a try whose outcome is unknown, and a 409, by asking Flip what it has (libocpp#307 was stuck for ever after an odd answer;
/// ably#327 registered twice after a lost one). Nothing is written: asked again after a power cut, it comes to the same end.
/// </summary>
internal sealed partial class ReconcilingStep(IFlipSites sites, CommissioningStore store, ILogger<ReconcilingStep> log)
{
    // A device that is still missing after it was added is not coming.
    private const int MostRounds = 3;

    // A captive portal passes, a relay that does not know the path does not.
    private const int MostQuestionsForPrograms = 3;
    private int _programsInVain;

    public async Task<Reconciled> RunAsync(OutboxEntry entry, CancellationToken cancellationToken)
    {
        IReadOnlyList<CommissionedDevice> formerly =
            [.. store.History().Where(old => old.SettledAs == "commissioned" && old.SiteId == entry.SiteId).SelectMany(old => old.Devices)];
        CommissionOutcome? refusal = null;
        for (int round = 1; ; round++)
        {
            FlipAnswer<SiteRecord?> answer = await sites.FindAsync(entry.SiteId, cancellationToken);
            if (answer is FlipAnswer<SiteRecord?>.Failed failed) return new Reconciled.Failed(failed.Why);
            SiteRecord? site = ((FlipAnswer<SiteRecord?>.Given)answer).Value;
            switch (SiteComparison.Judge(entry.Devices, formerly, site))
            {
                case SiteFinding.Absent:
                    return new Reconciled.Absent();
                case SiteFinding.SomeoneElses other:
                    return new Reconciled.NeedsPerson(SomeoneElses(entry, other));
                case SiteFinding.Ours ours:
                    if (ours.Others.Count > 0) LogOthers(entry.SiteId, string.Join(", ", ours.Others));
                    return await CommissionedAsync(entry, site!, cancellationToken);
                case SiteFinding.Incomplete when entry.Body is null:
                    return new Reconciled.NeedsNewBody();
                case SiteFinding.Incomplete incomplete when round >= MostRounds || refusal is CommissionOutcome.Invalid or CommissionOutcome.Conflict or CommissionOutcome.NotFlip:
                    return new Reconciled.NeedsPerson(StillIncomplete(entry, incomplete, refusal));
                case SiteFinding.Incomplete incomplete:
                    refusal = await AddAsync(entry, incomplete, cancellationToken);
                    if (refusal is CommissionOutcome.Transient or CommissionOutcome.Throttled or CommissionOutcome.Unauthorized) return new Reconciled.Failed(refusal);
                    break;
            }
        }
    }

    // Whatever comes of it, Flip is asked again: a refusal may follow an earlier call of ours whose answer was lost.
    private async Task<CommissionOutcome?> AddAsync(OutboxEntry entry, SiteFinding.Incomplete incomplete, CancellationToken cancellationToken)
    {
        foreach (CommissionedDevice device in incomplete.Missing)
        {
            LogAdding(entry.SiteId, device.Id);
            FlipAnswer<bool> added = await sites.AddDeviceAsync(entry.SiteId, FrozenBody.Device(entry.Body!, device.Id), cancellationToken);
            if (added is FlipAnswer<bool>.Failed failed) return failed.Why;
        }

        return null;
    }

    private async Task<Reconciled> CommissionedAsync(OutboxEntry entry, SiteRecord site, CancellationToken cancellationToken)
    {
        IReadOnlyList<FlipProgram> programs = [];
        FlipAnswer<IReadOnlyList<FlipProgram>> answer =
            await sites.ProgramsAsync(entry.SiteId, entry.Body is { } body ? FrozenBody.ZipCode(body) : null, cancellationToken);
        if (answer is FlipAnswer<IReadOnlyList<FlipProgram>>.Given given)
        {
            programs = given.Value;
        }
        else if (answer is FlipAnswer<IReadOnlyList<FlipProgram>>.Failed { Why: var why })
        {
            // The site is ours: a list of offers that Flip won't give must not hold that up. What passes by itself is waited for.
            if (why is CommissionOutcome.Transient or CommissionOutcome.Throttled
                || (why is CommissionOutcome.NotFlip && ++_programsInVain < MostQuestionsForPrograms))
            {
                return new Reconciled.Failed(why);
            }

            LogNoPrograms(entry.SiteId, why.Name, OutcomePolicy.Detail(why));
        }

        _programsInVain = 0;
        return new Reconciled.Commissioned(
            new(entry.SiteId, [.. entry.Devices.Select(device => device.Id)], programs, CurrentEnrollment.Of(site.Enrollments)),
            "Flip has the site with these devices and serial numbers already; it was found by asking.");
    }

    private static StateReason SomeoneElses(OutboxEntry entry, SiteFinding.SomeoneElses other) => new("conflict",
        $"Flip has the site {entry.SiteId} with something else in it: {other.Difference}. Nothing was changed there. "
        + "Correct Site:Id or Devices:…:Id, or have Flip's record corrected; then run flip-edge reload");

    private static StateReason StillIncomplete(OutboxEntry entry, SiteFinding.Incomplete incomplete, CommissionOutcome? refusal) => new("incomplete",
        $"Flip has the site {entry.SiteId} without {string.Join(", ", incomplete.Missing.Select(device => $"device {device.Id} (serial number {device.SerialNumber})"))}, "
        + $"and did not take it when it was added ({(refusal is null ? "Flip said yes, and does not list it" : OutcomePolicy.Detail(refusal))}). "
        + "The device may stand at another site; ask Flip to correct it, then run flip-edge reload");

    [LoggerMessage(240, LogLevel.Warning, "Flip has site {Site} without device {Device}: the commissioning was cut off there; the device is added")]
    private partial void LogAdding(string site, string device);

    [LoggerMessage(241, LogLevel.Warning, "Flip has devices at site {Site} that this gateway does not have: {Others}. They are left alone")]
    private partial void LogOthers(string site, string others);

    [LoggerMessage(242, LogLevel.Warning, "Flip does not tell the programs of site {Site} ({Outcome}: {Detail}); it is commissioned without them")]
    private partial void LogNoPrograms(string site, string outcome, string detail);
}
