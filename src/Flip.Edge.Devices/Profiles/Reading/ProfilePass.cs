using Flip.Edge.Devices.Registers;

namespace Flip.Edge.Devices.Profiles.Reading;

/// <summary>One pass over the registers of a device: its anchor, whether it sleeps, and then every point that is needed.</summary>
internal sealed class ProfilePass(PassReads reads, string bus, byte unit, DeviceProfile profile)
{
    /// <summary>The first pass: finds by which shift the map is to be read, and which registers the device refuses.</summary>
    /// <exception cref="DeviceNotReadableException">It is not what the profile describes, or it sleeps.</exception>
    public async Task<PassPoints> FirstAsync(SunSpecView? sunSpec, CancellationToken cancellationToken)
    {
        AnchorVerdict? unshifted = null;
        foreach (int shift in (int[])[0, .. profile.Quirks.AddressShifts?.Value ?? []])
        {
            PassPoints points = Begin(shift, sunSpec);
            IReadOnlyList<ProfilePoint> wanted = ProfileWants.All(profile);
            ILookup<bool, PlannedRead> plan = reads.Plan(ProfileWants.Registers(points, wanted.Where(IsOwn), reads.MostRegisters)).ToLookup(reads.IsOfAnchor);
            await reads.RunAsync(points, plan[true], cancellationToken).ConfigureAwait(false);
            AnchorVerdict verdict = ProfileAnchor.Judge(points);
            unshifted ??= verdict with { IsAllZero = IsAsleepByZeros(points) };
            CheckAwake(points);
            if (!verdict.Holds) continue;
            await reads.RunAsync(points, plan[false], cancellationToken).ConfigureAwait(false);
            await UnitRoles.ReadAsync(points, wanted, reads, cancellationToken).ConfigureAwait(false);
            await reads.RunAsync(points, reads.Plan(Batteries(points)), cancellationToken).ConfigureAwait(false);
            CheckAwake(points);
            return points;
        }

        throw NotTheDevice(unshifted!);
    }

    /// <summary>The same registers once more, so that only what the device says can differ.</summary>
    public async Task<PassPoints> AgainAsync(PassPoints first, SunSpecView? sunSpec, CancellationToken cancellationToken)
    {
        PassPoints again = Begin(first.Shift, sunSpec);
        foreach ((string role, byte? at) in first.Units) again.Units[role] = at;
        await reads.RunAsync(again, first.Registers.Settled.Where(read => first.Units.ContainsValue(read.Unit)), cancellationToken).ConfigureAwait(false);
        CheckAwake(again);
        AnchorVerdict verdict = ProfileAnchor.Judge(again);
        if (!verdict.Holds) throw NotTheDevice(verdict with { IsAllZero = IsAsleepByZeros(again) });
        return again;
    }

    private PassPoints Begin(int shift, SunSpecView? sunSpec)
    {
        PassRegisters registers = new();
        if (sunSpec is not null) registers.Know(unit, sunSpec.Blocks);
        return new(profile, unit, shift, registers) { SunSpec = sunSpec };
    }

    private static bool IsOwn(ProfilePoint point) => point.On == DeviceProfile.MainUnit;

    private IEnumerable<WantedRegisters> Batteries(PassPoints points)
    {
        foreach (IGrouping<int, (int Number, BatteryField Field, ProfilePoint Point)> battery in ProfileWants.Batteries(profile).GroupBy(part => part.Number))
        {
            string name = FormattableString.Invariant($"battery {battery.Key}");
            foreach (WantedRegisters wanted in ProfileWants.Registers(points, battery.Select(part => part.Point), reads.MostRegisters, name))
            {
                yield return wanted with { Name = $"{name} {wanted.Name}" };
            }
        }
    }

    private void CheckAwake(PassPoints points)
    {
        foreach (ProfileCheck check in profile.Asleep)
        {
            if (points.Judge(check) is { Holds: true } verdict)
            {
                throw new DeviceNotReadableException($"{bus} unit {unit} sleeps: {verdict.Sentence}; it is waited for") { IsAsleep = true };
            }
        }

        // A SunSpec device has told who it is by its map: zeros in the few registers beside it are a battery that isn't there.
        if (points.SunSpec is null && points.Registers is { IsEmpty: false, IsAllZero: true }) throw Zeros();
    }

    private static bool IsAsleepByZeros(PassPoints points)
    {
        ushort[] words = [.. ProfileWants.Anchor(points.Profile).SelectMany(point => points.Of(point).Raw)];
        return words.Length > 0 && Array.TrueForAll(words, word => word == 0);
    }

    private DeviceNotReadableException Zeros() => new(
        $"{bus} unit {unit} tells nothing but zeros where a {profile.Title} tells what it is; it may be asleep or starting, and is waited for")
    {
        IsAsleep = true,
    };

    private DeviceNotReadableException NotTheDevice(AnchorVerdict verdict) => verdict.IsAllZero ? Zeros() : new(
        $"{bus} unit {unit} is not what the profile {profile.Name} describes ({profile.Title}): {verdict.Sentence}; check the unit id, or choose another profile");
}
