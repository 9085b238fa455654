using Flip.Edge.Devices.Profiles.Reading;
using Flip.Edge.Devices.Registers;
using Flip.Edge.Devices.SunSpec;
using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.Profiles;

/// <summary>Proves that a device is what a profile describes, before anything that it says is believed.</summary>
public sealed class ProfileAnchor(TimeProvider time)
{
    /// <summary>Reads what the anchor needs, each register once, and judges it. Nothing is ever written.</summary>
    /// <param name="reads">What is known of the bus; what is read comes on top.</param>
    /// <param name="unit">Unit id.</param>
    /// <param name="profile">The profile. One without an anchor holds for no device of registers, and for every SunSpec device.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ModbusException">No connection, or a broken frame. Silence and exceptions are a verdict.</exception>
    public async Task<AnchorVerdict> CheckAsync(AnchorReads reads, byte unit, DeviceProfile profile, CancellationToken cancellationToken)
    {
        if (profile.Map == ProfileMap.None) return new(false, 0, profile.NoModbus ?? $"{profile.Title} has no Modbus", false);
        if (profile.Map == ProfileMap.SunSpec) return await SunSpecAsync(reads, unit, profile, cancellationToken).ConfigureAwait(false);
        if (profile.Anchor.Count == 0) return new(false, 0, $"the profile {profile.Name} has no anchor", false);

        AnchorVerdict? unshifted = null;
        foreach (int shift in (int[])[0, .. profile.Quirks.AddressShifts?.Value ?? []])
        {
            AnchorVerdict verdict = await ReadAsync(reads, unit, profile, shift, null, cancellationToken).ConfigureAwait(false);
            if (verdict.Holds || !verdict.Answered) return verdict;
            unshifted ??= verdict;
        }

        return unshifted!;
    }

    /// <summary>Judges an anchor by what was read.</summary>
    internal static AnchorVerdict Judge(PassPoints points)
    {
        List<string> found = [];
        foreach (ProfileCheck check in points.Profile.Anchor.OrderByDescending(check => points.IsKnown(check.Point)))
        {
            CheckVerdict verdict = points.Judge(check);
            if (!verdict.Holds) return new(false, points.Shift, verdict.Sentence, true);
            found.Add(verdict.Sentence);
        }

        if (points.Shift != 0) found.Add(FormattableString.Invariant($"the whole map is shifted by {points.Shift}, as this family's is on some firmware"));
        return new(true, points.Shift, string.Join("; ", found), true);
    }

    private async Task<AnchorVerdict> ReadAsync(
        AnchorReads reads, byte unit, DeviceProfile profile, int shift, SunSpecView? sunSpec, CancellationToken cancellationToken)
    {
        RememberedSource source = new(reads, time);
        PassRegisters registers = new() { EndsAtAbsence = profile.Quirks.WordOrderBySetting is null };
        PassPoints points = new(profile, unit, shift, registers) { SunSpec = sunSpec };
        int most = ReadLimits.MostRegisters(reads.Client, profile);
        IEnumerable<ProfilePoint> own = ProfileWants.Proof(profile).Where(point => point.On == DeviceProfile.MainUnit);
        IReadOnlyList<PlannedRead> plan =
            ReadPlan.Of([.. ProfileWants.Registers(points, own, most)], ReadLimits.Cost(reads.Client), most, ReadLimits.MostThrough(profile));
        foreach (PlannedRead read in plan)
        {
            await registers.ReadAsync([read], source, most, cancellationToken).ConfigureAwait(false);

            // A bus with many devices is asked for many anchors: the first check that fails is enough.
            if (profile.Quirks.WordOrderBySetting is null && profile.Anchor.Any(check => points.IsKnown(check.Point) && !points.Judge(check).Holds)) break;
        }

        if (!source.Answered && source.Silence is { } silence) return new(false, shift, silence.Message, false);
        return Judge(points) with { Answered = source.Answered || sunSpec is not null, IsAllZero = !registers.IsEmpty && registers.IsAllZero };
    }

    private async Task<AnchorVerdict> SunSpecAsync(AnchorReads reads, byte unit, DeviceProfile profile, CancellationToken cancellationToken)
    {
        RegisterReader reader = new(new RememberingClient(reads, time), unit, time);
        try
        {
            SunSpecMap map = await SunSpecDiscovery.FindAsync(reader, profile.SunSpec.Base, cancellationToken).ConfigureAwait(false);

            // Who the device is stands in its first model; the others are walked only where the anchor is in them.
            int models = ProfileWants.Anchor(profile).Any(point => point.SunSpecModel is not null) ? SunSpecWalker.MostModels : 1;
            await new SunSpecWalker(reader, map, new(reads.Client, unit, time)).WalkAsync(models, cancellationToken).ConfigureAwait(false);
            AnchorVerdict verdict = await ReadAsync(reads, unit, profile, 0, new(map), cancellationToken).ConfigureAwait(false);
            string marker = FormattableString.Invariant($"the marker SunS is at {map.BaseAddress}");
            return verdict.Holds ? verdict with { Sentence = profile.Anchor.Count == 0 ? marker : $"{marker}; {verdict.Sentence}" } : verdict;
        }
        catch (DeviceNotReadableException none)
        {
            return new(false, 0, none.Message, true);
        }
        catch (ModbusTimeoutException silent)
        {
            return new(false, 0, silent.Message, false);
        }
        catch (ModbusDeviceException refused)
        {
            return new(false, 0, refused.Message, !Refusal.IsOfGateway(refused));
        }
    }
}
