using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.Probing;

/// <summary>Finds out what one unit of a connection is: SunSpec first, then the anchors in their order. It only reads.</summary>
internal sealed class UnitProbe(IModbusClient client, IReadOnlyList<DeviceProfile> all, TimeProvider time, IProgress<ProbeStep>? progress)
{
    /// <summary>
    /// So many anchors in a row that were met with silence, at a unit that has not answered anything: nobody is there. Devices that are
    /// silent where others refuse are known to few families, and those are asked in any case.
    /// </summary>
    private const int MostSilences = 12;

    private readonly AnchorReads _reads = new(client);
    private readonly ProfileAnchor _anchor = new(time);

    /// <summary>Whether anything came so far that only a device sends.</summary>
    public bool HasHeard { get; private set; }

    /// <summary>Asks the unit.</summary>
    /// <exception cref="ModbusConnectionException">There is no connection.</exception>
    /// <exception cref="ModbusFrameException">What comes over TCP is no Modbus TCP.</exception>
    public async Task<UnitFinding> LookAsync(UnitQuestions questions, CancellationToken cancellationToken)
    {
        UnitFinding? sunSpec = null;
        if (questions.AsksSunSpec)
        {
            sunSpec = await LookForSunSpecAsync(questions, cancellationToken).ConfigureAwait(false);
            if (sunSpec.Profile is not null || IsOfGateway(sunSpec.Silence)) return sunSpec;
        }

        UnitFinding anchors = await LookForAnchorsAsync(questions, cancellationToken).ConfigureAwait(false);
        if (anchors.Profile is not null || sunSpec is null) return anchors;
        bool answered = sunSpec.Answered || anchors.Answered;
        return anchors with
        {
            Answered = answered,
            Silence = answered ? null : sunSpec.Silence ?? anchors.Silence,
            Why = questions.Anchors.Count == 0 ? sunSpec.Why : $"{sunSpec.Why}; {anchors.Why}",
        };
    }

    /// <summary>Whether the exception is a gateway's, which found no such unit: then every further question is lost.</summary>
    public static bool IsOfGateway(ModbusException? failure) =>
        failure is ModbusDeviceException { Code: ModbusExceptionCode.GatewayPathUnavailable or ModbusExceptionCode.GatewayTargetNoResponse };

    private async Task<UnitFinding> LookForSunSpecAsync(UnitQuestions questions, CancellationToken cancellationToken)
    {
        byte unit = questions.Unit;
        try
        {
            SunSpecSighting sighting = await SunSpecSighting.LookAsync(client, unit, time, cancellationToken).ConfigureAwait(false);
            HasHeard = true;
            Tell(unit, "SunSpec", sighting.ToString());
            UnitFinding finding = await OfMakerAsync(questions, sighting, cancellationToken).ConfigureAwait(false);
            if (finding.Profile?.Name != UnitFinding.PlainSunSpec) return finding;

            // A maker's name that came damaged leads past what is known of its maps: it has to be read twice, as all else.
            SunSpecSighting again = await SunSpecSighting.LookAsync(client, unit, time, cancellationToken, models: 1).ConfigureAwait(false);
            if (again.Manufacturer == sighting.Manufacturer) return finding;
            Tell(unit, "SunSpec", $"the maker is told as \"{again.Manufacturer}\" now, and was as \"{sighting.Manufacturer}\" a moment ago");
            again = await SunSpecSighting.LookAsync(client, unit, time, cancellationToken).ConfigureAwait(false);
            return await OfMakerAsync(questions, again, cancellationToken).ConfigureAwait(false);
        }
        catch (DeviceNotReadableException other)
        {
            string why = other.Message.Replace($"{client.Endpoint.Bus} unit {unit} ", "", StringComparison.Ordinal).Split(';')[0];
            Tell(unit, "SunSpec", why);
            HasHeard = true;
            return new() { Unit = unit, Answered = true, Why = why };
        }
        catch (ModbusException silence) when (silence is not ModbusConnectionException && !IsWrongFraming(silence))
        {
            Tell(unit, "SunSpec", Short(silence));
            return new() { Unit = unit, Silence = silence, Why = Short(silence) };
        }
    }

    // The maker's profile where one claims this manufacturer and its anchor holds; what the standard says where not. Some makers have
    // their own registers at another unit id than their SunSpec map (ha-sunspec#135).
    private async Task<UnitFinding> OfMakerAsync(UnitQuestions questions, SunSpecSighting sighting, CancellationToken cancellationToken)
    {
        List<string> warnings = [];
        foreach (DeviceProfile profile in all.Where(profile => Claims(profile, sighting.Manufacturer)).OrderBy(profile => profile.ProbeOrder ?? int.MaxValue))
        {
            string why = "";
            foreach (byte unit in questions.MayLeaveUnit ? UnitPlan.Main(profile).Prepend(questions.Unit).Distinct() : [questions.Unit])
            {
                AnchorVerdict verdict = await CheckAsync(unit, profile, cancellationToken).ConfigureAwait(false);
                if (why.Length == 0) why = verdict.Sentence;
                if (!verdict.Holds) continue;
                return new()
                {
                    Unit = unit,
                    Profile = profile,
                    Shift = verdict.Shift,
                    Answered = true,
                    Why = $"{sighting}; {verdict.Sentence}",
                    SunSpec = sighting,
                    Warnings = warnings,
                };
            }

            warnings.Add(
                $"the SunSpec map is of \"{sighting.Manufacturer}\", but the profile {profile.Name} does not fit: {why}; it is read as the standard says");
        }

        DeviceProfile plain = all.FirstOrDefault(profile => profile.Name == UnitFinding.PlainSunSpec)
            ?? throw new InvalidOperationException($"there is no profile {UnitFinding.PlainSunSpec}");
        if (sighting.Kind is DeviceKind.Meter or DeviceKind.Other)
        {
            warnings.Add($"by its SunSpec models ({string.Join(", ", sighting.Models)}) this is {DeviceKinds.Describe(sighting.Kind)}");
        }

        return new() { Unit = questions.Unit, Profile = plain, Answered = true, Why = sighting.ToString(), SunSpec = sighting, Warnings = warnings };
    }

    private async Task<UnitFinding> LookForAnchorsAsync(UnitQuestions questions, CancellationToken cancellationToken)
    {
        (DeviceProfile Profile, AnchorVerdict Verdict)? first = null;
        List<string> warnings = [];
        bool answered = false, onlyZeros = true;
        int silences = 0;
        foreach (DeviceProfile profile in questions.Anchors)
        {
            if (!answered && silences >= MostSilences && profile.Quirks.SilentInsteadOfException?.Value != true) continue;
            AnchorVerdict verdict = await CheckAsync(questions.Unit, profile, cancellationToken).ConfigureAwait(false);
            answered |= verdict.Answered;
            if (verdict.Answered) onlyZeros &= verdict.IsAllZero;
            else silences++;
            if (verdict.Holds && first is null) first = (profile, verdict);
            else if (verdict.Holds) warnings.Add($"the profile {profile.Name} would fit as well: {verdict.Sentence}");
            else if (first is not null && !verdict.Answered) break; // each further silence costs a time-out, and it is known already
        }

        if (first is not { } found)
        {
            return new()
            {
                Unit = questions.Unit,
                Answered = answered,
                Why = answered && onlyZeros
                    ? "every register that was read is 0, as on a device that is asleep or starting"
                    : $"it is none of the {questions.Anchors.Count} families that are known by their own registers",
                Silence = answered ? null : _reads.Journal.LastOrDefault(read => read.Unit == questions.Unit)?.Failure,
            };
        }

        return new() { Unit = questions.Unit, Profile = found.Profile, Shift = found.Verdict.Shift, Answered = true, Why = found.Verdict.Sentence, Warnings = warnings };
    }

    private async Task<AnchorVerdict> CheckAsync(byte unit, DeviceProfile profile, CancellationToken cancellationToken)
    {
        AnchorVerdict verdict;
        try
        {
            verdict = await _anchor.CheckAsync(_reads, unit, profile, cancellationToken).ConfigureAwait(false);
        }
        catch (ModbusFrameException broken) when (!IsWrongFraming(broken))
        {
            verdict = new(false, 0, Short(broken), Answered: false);
        }

        HasHeard |= verdict.Answered;
        Tell(unit, profile.Name, verdict.Holds ? $"yes: {verdict.Sentence}" : $"no: {verdict.Sentence}");
        return verdict;
    }

    // On a socket a broken frame is most often the other framing; on a serial line it is noise, or another speed.
    private bool IsWrongFraming(ModbusException failure) => failure is ModbusFrameException && client.Endpoint is ModbusTcpEndpoint;

    private void Tell(byte unit, string subject, string came) => progress?.Report(new($"{client.Endpoint.Bus} unit {unit}", subject, came));

    private static bool Claims(DeviceProfile profile, string? manufacturer) =>
        manufacturer is not null && profile.WhenSunSpecSays.Any(beginning => manufacturer.StartsWith(beginning, StringComparison.OrdinalIgnoreCase));

    private static string Short(ModbusException failure) => failure.Message[(failure.Message.IndexOf(": ", StringComparison.Ordinal) + 2)..];
}
