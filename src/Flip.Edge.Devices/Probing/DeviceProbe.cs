using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.Probing;

/// <summary>
/// Finds out what answers at an endpoint, and with which profile to read it. Only reads, one question at a time, and within a budget of
/// time; see <c>docs/probing.md</c>.
/// </summary>
/// <param name="catalog">The profiles.</param>
/// <param name="connect">Makes the connections.</param>
/// <param name="time">The clock of the budget.</param>
public sealed class DeviceProbe(ProfileCatalog catalog, ProbeConnector connect, TimeProvider time)
{
    /// <summary>The profile's name that stands for finding out.</summary>
    public const string Auto = "auto";

    /// <summary>Finds the device.</summary>
    /// <param name="endpoint">Where to look. What it gives is kept, what it leaves open may be varied.</param>
    /// <param name="profile">A profile's name, or <see cref="Auto"/>.</param>
    /// <param name="wishes">What was set of the connection.</param>
    /// <param name="scope">How far to look around.</param>
    /// <param name="progress">Told of each step.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DeviceNotFoundException">Nothing answers.</exception>
    /// <exception cref="DeviceNotReadableException">Something answers, and nothing is known that fits; or the family has no Modbus.</exception>
    public async Task<IdentifiedDevice> FindAsync(
        ModbusEndpoint endpoint, string profile, ModbusWishes wishes, ProbeScope scope, IProgress<ProbeStep>? progress, CancellationToken cancellationToken)
    {
        DeviceProfile? named = profile == Auto ? null
            : catalog.Find(profile) ?? throw new DeviceNotReadableException($"there is no profile \"{profile}\"; flip-edge profiles list shows them all");
        if (named is { Map: ProfileMap.None }) throw new DeviceNotReadableException(named.NoModbus ?? $"{named.Title} has no Modbus");

        IReadOnlyList<DeviceProfile> all = named is null ? [.. catalog.Names.Select(catalog.Find).OfType<DeviceProfile>()] : [named];
        IReadOnlyList<ModbusEndpoint> lanes = ProbeLanes.Of(endpoint, all, named is not null, scope);
        if (named is not null && lanes.Count == 1 && Plan(lanes[0], named, all, scope) is [{ } only])
        {
            // Nothing to find out: the reading proves the device by itself.
            return new(Exactly(lanes[0], only.Unit), named, 0, $"the profile {named.Name} was chosen by hand", WhoseProfile(named), wishes.OptionsFor(named))
            {
                IsDelayOpen = wishes.ConnectDelay is null && lanes[0] is not ModbusRtuEndpoint,
            };
        }

        using CancellationTokenSource budget = new(scope.Budget, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, budget.Token);
        Search search = new(wishes, named, all, scope, progress);
        try
        {
            return await SearchAsync(search, lanes, either.Token).ConfigureAwait(false)
                ?? throw ProbeFailure.Of(endpoint, named, search.Reports, null);
        }
        catch (OperationCanceledException) when (budget.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw ProbeFailure.Of(endpoint, named, search.Reports, scope.Budget);
        }
    }

    private async Task<IdentifiedDevice?> SearchAsync(Search search, IReadOnlyList<ModbusEndpoint> lanes, CancellationToken cancellationToken)
    {
        IdentifiedDevice? doubtful = null;
        LinkedList<ModbusEndpoint> open = new(lanes);
        bool isFirst = true;
        while (open.First is { } next)
        {
            open.RemoveFirst();
            LaneReport report = await LookAsync(search, next.Value, isFirst, cancellationToken).ConfigureAwait(false);
            isFirst = false;
            search.Reports.Add(report);
            if (report.Found is { } found && !report.IsDoubtful) return found;
            doubtful ??= report.Found;
            if (report.IsDeadEnd) break;
            if (report.MayBeFramedAsRtu && next.Value is ModbusTcpEndpoint tcp && tcp.Unit is >= 1 and <= 247)
            {
                open.AddFirst(new ModbusRtuOverTcpEndpoint(tcp.Host, tcp.Port, tcp.Unit) { IsUnitGiven = tcp.IsUnitGiven });
            }
        }

        return doubtful;
    }

    private async Task<LaneReport> LookAsync(Search search, ModbusEndpoint lane, bool isFirst, CancellationToken cancellationToken)
    {
        IReadOnlyList<UnitQuestions> plan = Plan(lane, search.Named, search.All, search.Scope);
        List<UnitFinding> findings = [];
        IModbusClient? client = null;
        UnitProbe? probe = null;
        try
        {
            LaneOpening opening = new(connect, search.Wishes, search.Progress);
            (client, ModbusException? silence) = await opening.OpenAsync(
                lane, search.Wishes.OptionsFor(search.Named), plan.Select(questions => questions.Unit), isFirst, cancellationToken).ConfigureAwait(false);
            if (silence is not null && !isFirst)
            {
                // Every anchor is tried where the device is likeliest; elsewhere somebody has to say something first.
                search.Progress?.Report(new(lane.Bus, "connection", silence.Message));
                return LaneReport.Of(lane, [new() { Unit = plan[0].Unit, Why = silence.Message, Silence = silence }], null);
            }

            probe = new UnitProbe(client, search.All, time, search.Progress);
            foreach (UnitQuestions questions in plan)
            {
                UnitFinding finding = await probe.LookAsync(questions, cancellationToken).ConfigureAwait(false);
                findings.Add(finding);
                if (finding.Profile is not null && !LaneReport.IsNoBattery(finding)) break;
            }

            return LaneReport.Of(lane, findings, Device(search, lane, client.Options, findings));
        }
        catch (ModbusException failed) when (failed is ModbusConnectionException or ModbusFrameException)
        {
            search.Progress?.Report(new(lane.Bus, "connection", failed.Message));
            return LaneReport.Of(lane, findings, null) with { Failure = failed };
        }
        catch (OperationCanceledException)
        {
            // What was seen by then is told, should it be the budget that is spent.
            search.Reports.Add(LaneReport.Of(lane, findings, null) with { HasHeard = probe?.HasHeard ?? false });
            throw;
        }
        finally
        {
            if (client is not null) await client.DisposeAsync().ConfigureAwait(false);
        }
    }

    private IReadOnlyList<UnitQuestions> Plan(ModbusEndpoint lane, DeviceProfile? named, IReadOnlyList<DeviceProfile> all, ProbeScope scope) =>
        named is null ? UnitPlan.ForAny(lane, catalog.InProbeOrder, all, scope) : UnitPlan.ForNamed(lane, named, scope);

    private IdentifiedDevice? Device(Search search, ModbusEndpoint lane, ModbusClientOptions inForce, IReadOnlyList<UnitFinding> findings)
    {
        UnitFinding? best = findings.FirstOrDefault(finding => finding.Profile is not null && !LaneReport.IsNoBattery(finding))
            ?? findings.FirstOrDefault(finding => finding.Profile is not null);
        if (best is null) return null;

        // The delay that worked stays, unless somebody has set one.
        ModbusClientOptions options = search.Wishes.OptionsFor(best.Profile) with { ConnectDelay = inForce.ConnectDelay };
        return new(Exactly(lane, best.Unit), best.Profile!, best.Shift, best.Why, [.. best.Warnings, .. WhoseProfile(best.Profile!)], options);
    }

    // A file may replace a built-in profile under its name and version: the nameplate has to say whose word it is.
    private string[] WhoseProfile(DeviceProfile profile) =>
        catalog.IsFromDirectory(profile.Name) ? [$"the profile {profile.Id} is this gateway's own, from its directory of profiles, and not one of those built in"] : [];

    private static ModbusEndpoint Exactly(ModbusEndpoint lane, byte unit) => lane switch
    {
        ModbusTcpEndpoint tcp => tcp with { Unit = unit, IsUnitGiven = true, IsPortGiven = true },
        ModbusRtuEndpoint rtu => rtu with { Unit = unit, IsUnitGiven = true, IsBaudRateGiven = true, IsParityGiven = true, IsStopBitsGiven = true },
        _ => lane with { Unit = unit, IsUnitGiven = true },
    };

    private sealed record Search(
        ModbusWishes Wishes, DeviceProfile? Named, IReadOnlyList<DeviceProfile> All, ProbeScope Scope, IProgress<ProbeStep>? Progress)
    {
        public List<LaneReport> Reports { get; } = [];
    }
}
