using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Profiles.Reading;
using Flip.Edge.Devices.Registers;
using Flip.Edge.Devices.SunSpec;
using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.Profiles;

/// <summary>Reads the nameplate of a device of any profile, twice, until two readings agree. Nothing is ever written.</summary>
public sealed class NameplateReader(TimeProvider time)
{
    private const int MostPairs = 2;

    /// <summary>Proves the device by the profile's anchor, reads and compares.</summary>
    /// <param name="client">The connection; it is not closed.</param>
    /// <param name="unit">Unit id of the device itself.</param>
    /// <param name="profile">What the device is.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="DeviceNotReadableException">It has no Modbus, is not what the profile describes, or sleeps; the message says which.</exception>
    /// <exception cref="ModbusException">The device does not answer, or the connection fails.</exception>
    public async Task<NameplateReading> ReadAsync(IModbusClient client, byte unit, DeviceProfile profile, CancellationToken cancellationToken)
    {
        if (profile.Map == ProfileMap.None) throw new DeviceNotReadableException(profile.NoModbus ?? $"{profile.Title} has no Modbus");
        if (IsPlain(profile))
        {
            NameplateReading plain = await new SunSpecNameplateReader(time).ReadAsync(client, unit, cancellationToken).ConfigureAwait(false);
            return plain with { Nameplate = plain.Nameplate with { Profile = profile.Id } };
        }

        long began = time.GetTimestamp();
        List<ReadTransaction> journal = [];
        ReadingBudget budget = new(client, unit, time);
        PassReads reads = new(client, unit, profile, time, journal, budget);
        RegisterReader RegistersOf(byte of) => new(client, of, time, journal: journal, readsAhead: profile.Quirks.SilentInsteadOfException?.Value != true);
        SunSpecFamily family = SunSpecFamily.Of(profile, ProfileWants.All(profile));
        DirectoryParts? directory = profile.SunSpec.Directory is { } listed ? new(RegistersOf, unit, listed, budget, time) : null;
        ProfilePass pass = new(reads, client.Endpoint.Bus, unit, profile);
        for (int pair = 1; ; pair++)
        {
            SunSpecMap? map = profile.Map != ProfileMap.SunSpec ? null
                : await SunSpecPass.WalkAsync(RegistersOf(unit), budget, family, cancellationToken).ConfigureAwait(false);
            PassPoints points = await pass.FirstAsync(View(map), cancellationToken).ConfigureAwait(false);
            Nameplate first = await NameplateAsync(points, map).ConfigureAwait(false);
            SunSpecMap? again = null;
            Nameplate second;
            try
            {
                if (map is not null) again = await SunSpecPass.AgainAsync(RegistersOf(unit), map, budget, cancellationToken).ConfigureAwait(false);
                second = await NameplateAsync(await pass.AgainAsync(points, View(again), cancellationToken).ConfigureAwait(false), again).ConfigureAwait(false);
            }
            catch (ModbusDeviceException) when (pair < MostPairs)
            {
                // It refuses now what it gave a moment ago: no agreement, and another pair may find one.
                continue;
            }

            bool sameMap = map is null || map.Models.SequenceEqual(again!.Models);
            bool agreed = sameMap && NameplateAgreement.Agree(first, second);
            if ((!agreed || map?.Contradiction is not null) && pair < MostPairs) continue;
            if (!sameMap)
            {
                throw new DeviceNotReadableException(
                    $"{client.Endpoint.Bus} unit {unit} shows other SunSpec models each time it is read; it may be starting or asleep")
                {
                    IsAsleep = true,
                };
            }

            if (again is not null && SunSpecDoubts.Asleep(again) is { } asleep)
            {
                throw new DeviceNotReadableException($"{client.Endpoint.Bus} unit {unit} answers, but {asleep}") { IsAsleep = true };
            }

            Nameplate result = agreed ? second : NameplateAgreement.Merge(first, second);
            return new(result, journal.Count, time.GetElapsedTime(began))
            {
                Reads = journal,
                Wanted = [.. again is null ? [] : SunSpecHoldings.Of(again, unit), .. points.Registers.Settled.SelectMany(read => read.Wanted), .. directory?.Wanted ?? []],
                Timing = ReadTiming.Of(client, reads.MostRegisters),
            };
        }

        async Task<Nameplate> NameplateAsync(PassPoints points, SunSpecMap? map)
        {
            (IReadOnlyList<BatteryPart> parts, IReadOnlyList<NameplateWarning> warnings) = map is not null && directory is not null
                ? await directory.ReadAsync(map, cancellationToken).ConfigureAwait(false)
                : ([], []);
            Nameplate nameplate = ProfileNameplate.Of(points, map is null ? null : SunSpecNameplate.Of(map, time.GetUtcNow()), parts, time.GetUtcNow());
            return nameplate with { Warnings = [.. nameplate.Warnings, .. warnings] };
        }
    }

    // A profile that changes nothing is read exactly as SunSpec always was.
    private static bool IsPlain(DeviceProfile profile) =>
        profile is { Map: ProfileMap.SunSpec, Batteries: null, SunSpec: { Ignore.Count: 0, Directory: null }, Anchor.Count: 0, Asleep.Count: 0, Nameplate.Count: 0 };

    private static SunSpecView? View(SunSpecMap? map) => map is null ? null : new(map);
}
