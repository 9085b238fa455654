using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.Probing;

/// <summary>
/// Looks around on buses: which unit ids answer, what they are, and why that is believed. Only reads, one question at a time with a gap
/// between, because others may be working on the same line; and only when a person asked for it (Growatt_ModbusTCP#424).
/// </summary>
/// <param name="catalog">The profiles.</param>
/// <param name="connect">Makes the connections.</param>
/// <param name="time">The clock.</param>
public sealed class BusScan(ProfileCatalog catalog, ProbeConnector connect, TimeProvider time)
{
    /// <summary>So many unit ids in a row with the same device behind them, and it answers to all of them.</summary>
    private const int SameInARow = 3;

    private static readonly TimeSpan LeastGap = TimeSpan.FromMilliseconds(50);

    private readonly IReadOnlyList<DeviceProfile> _all = [.. catalog.Names.Select(catalog.Find).OfType<DeviceProfile>()];

    /// <summary>Everything that answered so far.</summary>
    public IList<ScanFinding> Found { get; } = new List<ScanFinding>();

    /// <summary>What came of the connections so far.</summary>
    public IList<ScanNote> Notes { get; } = new List<ScanNote>();

    /// <summary>Carries out a plan. What was found stays in <see cref="Found"/> when it is cancelled.</summary>
    /// <param name="lanes">The plan.</param>
    /// <param name="wishes">What was set of the connection.</param>
    /// <param name="progress">Told of every question.</param>
    /// <param name="news">Told of every connection and finding as it comes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(
        IReadOnlyList<ScanLane> lanes, ModbusWishes wishes, IProgress<ProbeStep>? progress, IProgress<string>? news, CancellationToken cancellationToken)
    {
        HashSet<string> gone = new(StringComparer.Ordinal);
        LinkedList<ScanLane> open = new(lanes);
        while (open.First is { Value: var lane })
        {
            open.RemoveFirst();
            if (gone.Contains(lane.Endpoint.Bus) || IsSettled(lane)) continue;
            ModbusException? failure = await LookAsync(lane, wishes, progress, news, cancellationToken).ConfigureAwait(false);
            switch (failure)
            {
                case ModbusConnectionException:
                    // A port that refuses does so at every speed and for every unit.
                    gone.Add(lane.Endpoint.Bus);
                    Note(lane.Endpoint, LineText.WithoutPlace(failure), news);
                    break;
                case ModbusFrameException when lane.Endpoint is ModbusTcpEndpoint tcp:
                    gone.Add(tcp.Bus);
                    Note(tcp, "what came is no Modbus TCP; RTU over TCP is tried", news);
                    open.AddFirst(lane with { Endpoint = new ModbusRtuOverTcpEndpoint(tcp.Host, tcp.Port, 1), Units = [.. lane.Units.Where(unit => unit is >= 1 and <= 247)] });
                    break;
            }
        }
    }

    /// <summary>What a unit is asked to find out whether it is there: any answer will do, an exception too.</summary>
    /// <remarks>Register 0 is there on most devices that are silent where others answer an exception.</remarks>
    internal static IReadOnlyList<(ushort Address, ushort Count)> Greetings(ScanLane lane) => lane.IsThorough ? [(0, 1)] : [(0, 1), (40000, 2)];

    // A serial line has one speed: once something was found on it, the others are not tried.
    private bool IsSettled(ScanLane lane) => lane.Endpoint is ModbusRtuEndpoint rtu
        && Found.Any(found => found.Endpoint is ModbusRtuEndpoint known && known.Port == rtu.Port && (known.BaudRate, known.Parity) != (rtu.BaudRate, rtu.Parity));

    private async Task<ModbusException?> LookAsync(
        ScanLane lane, ModbusWishes wishes, IProgress<ProbeStep>? progress, IProgress<string>? news, CancellationToken cancellationToken)
    {
        ModbusClientOptions options = wishes.OptionsFor(null);
        if (options.RequestGap < LeastGap && wishes.RequestGap is null) options = options with { RequestGap = LeastGap };
        await using IModbusClient client = connect(lane.Endpoint, options);
        news?.Report($"{LineText.Of(lane.Endpoint)}: asking {(lane.Units.Count == 1 ? $"unit {lane.Units[0]}" : $"{lane.Units.Count} unit ids, {lane.Units[0]} to {lane.Units[^1]}")}");
        int answered = 0, same = 0;
        try
        {
            UnitProbe probe = new(client, _all, time, progress);
            foreach (byte unit in lane.Units)
            {
                if (!await IsThereAsync(client, lane, unit, progress, cancellationToken).ConfigureAwait(false)) continue;
                answered++;
                ScanFinding found = await IdentifyAsync(client, probe, lane.Endpoint, unit, cancellationToken).ConfigureAwait(false);
                same = Keep(found, news) ? 0 : same + 1;
                if (same < SameInARow) continue;
                Note(lane.Endpoint, found.SerialNumber is null
                    ? "unit id after unit id answers alike, and no serial number tells whether it is one device; the others are not asked"
                    : "it answers to any unit id with the same device; the others are not asked", news);
                return null;
            }

            string others = client.Counters.AnotherMaster is { } sentence ? $"; {sentence}" : "";
            Note(lane.Endpoint, (answered == 0 ? "nobody answers" : $"{answered} of {lane.Units.Count} unit ids answer") + others, news);
            return null;
        }
        catch (ModbusException failed) when (failed is ModbusConnectionException or ModbusFrameException)
        {
            return failed;
        }
    }

    private static async Task<bool> IsThereAsync(
        IModbusClient client, ScanLane lane, byte unit, IProgress<ProbeStep>? progress, CancellationToken cancellationToken)
    {
        foreach ((ushort address, ushort count) in Greetings(lane))
        {
            string came;
            bool isThere, isAbsent = false;
            try
            {
                await client.ReadHoldingRegistersAsync(unit, address, count, cancellationToken).ConfigureAwait(false);
                (isThere, came) = (true, "answers");
            }
            catch (ModbusDeviceException exception)
            {
                isAbsent = UnitProbe.IsOfGateway(exception);
                (isThere, came) = (!isAbsent, LineText.WithoutPlace(exception));
            }
            catch (ModbusException silent) when (silent is ModbusTimeoutException || (silent is ModbusFrameException && lane.Endpoint is not ModbusTcpEndpoint))
            {
                (isThere, came) = (false, LineText.WithoutPlace(silent));
            }

            progress?.Report(new($"{client.Endpoint.Bus} unit {unit}", "is anyone there", came));
            if (isThere) return true;
            if (isAbsent) return false; // the gateway would say so again
        }

        return false;
    }

    private async Task<ScanFinding> IdentifyAsync(
        IModbusClient client, UnitProbe probe, ModbusEndpoint lane, byte unit, CancellationToken cancellationToken)
    {
        UnitFinding finding;
        try
        {
            finding = await probe.LookAsync(new(unit, true, catalog.InProbeOrder), cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Found.Add(new(lane with { Unit = unit }, new() { Unit = unit, Answered = true, Why = "it answers; the scan was broken off before it was known what it is" }, null, null));
            throw;
        }

        ModbusEndpoint endpoint = lane with { Unit = finding.Unit };
        if (finding.Profile is null || finding.Kind is DeviceKind.Meter or DeviceKind.Other) return new(endpoint, finding, null, null);
        try
        {
            NameplateReading reading = await new NameplateReader(time).ReadAsync(client, finding.Unit, finding.Profile, cancellationToken).ConfigureAwait(false);
            return new(endpoint, finding, reading.Nameplate, null);
        }
        catch (Exception failed) when (failed is DeviceNotReadableException or ModbusException)
        {
            return new(endpoint, finding, null, failed.Message);
        }
    }

    // False when it is a device that was found already.
    private bool Keep(ScanFinding found, IProgress<string>? news)
    {
        if (Found.FirstOrDefault(found.IsSameAs) is { } before)
        {
            news?.Report($"{found.Endpoint}: the same device as at {before.Endpoint}");
            return false;
        }

        // On a serial line several devices of one kind are nothing special.
        bool isAlike = found.Endpoint is not ModbusRtuEndpoint && Found.Any(before => before.Endpoint.Bus == found.Endpoint.Bus && found.IsLike(before));
        Found.Add(found);
        news?.Report($"found at {found.Endpoint}: {(found.Unit.Profile is { } profile ? profile.Title : "it answers, but is unknown")}");
        return !isAlike;
    }

    private void Note(ModbusEndpoint endpoint, string came, IProgress<string>? news)
    {
        Notes.Add(new(endpoint, came));
        news?.Report($"{LineText.Of(endpoint)}: {came}");
    }
}
