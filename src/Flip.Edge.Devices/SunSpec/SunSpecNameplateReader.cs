using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Registers;
using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.SunSpec;

/// <summary>Reads the nameplate of a SunSpec device: one walk, then the same registers once more, until two readings agree.</summary>
public sealed class SunSpecNameplateReader(TimeProvider timeProvider)
{
    private const int MostPairs = 2;

    /// <summary>Reads and compares.</summary>
    /// <param name="client">The connection; it is not closed.</param>
    /// <param name="unit">Unit id.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="DeviceNotReadableException">The device answers, but is no SunSpec device.</exception>
    /// <exception cref="ModbusException">The device does not answer, or the connection fails.</exception>
    public async Task<NameplateReading> ReadAsync(IModbusClient client, byte unit, CancellationToken cancellationToken)
    {
        long began = timeProvider.GetTimestamp();
        List<ReadTransaction> reads = [];
        RegisterReader reader = new(client, unit, timeProvider, journal: reads);
        ReadingBudget budget = new(client, unit, timeProvider);
        for (int pair = 1; ; pair++)
        {
            SunSpecMap map = await WalkAsync(reader, budget, SunSpecFamily.Any, cancellationToken).ConfigureAwait(false);
            Nameplate first = SunSpecNameplate.Of(map, timeProvider.GetUtcNow());
            SunSpecMap again;
            try
            {
                again = await AgainAsync(reader, map, budget, cancellationToken).ConfigureAwait(false);
            }
            catch (ModbusDeviceException refused)
            {
                // It refuses now what it gave a moment ago: no agreement, and another pair may find one.
                if (pair < MostPairs) continue;
                throw new DeviceNotReadableException($"{refused.Message}, though it gave them a moment ago; it may be starting or asleep", refused) { IsAsleep = true };
            }

            Nameplate second = SunSpecNameplate.Of(again, timeProvider.GetUtcNow());
            bool sameMap = map.Models.SequenceEqual(again.Models);
            bool agreed = sameMap && NameplateAgreement.Agree(first, second);
            if (!agreed && pair < MostPairs) continue;
            if (!sameMap)
            {
                throw new DeviceNotReadableException(
                    $"{client.Endpoint.Bus} unit {unit} shows other SunSpec models each time it is read; it may be starting or asleep")
                {
                    IsAsleep = true,
                };
            }

            if (SunSpecDoubts.Asleep(again) is { } asleep)
            {
                throw new DeviceNotReadableException($"{client.Endpoint.Bus} unit {unit} answers, but {asleep}") { IsAsleep = true };
            }

            Nameplate result = agreed ? second : NameplateAgreement.Merge(first, second);
            return new(result, reader.Transactions, timeProvider.GetElapsedTime(began))
            {
                Reads = reads,
                Wanted = [.. SunSpecHoldings.Of(again, unit)],
                Timing = ReadTiming.Of(client, client.Options.RegistersPerRead),
            };
        }
    }

    /// <summary>One reading without the second look, for measuring.</summary>
    internal async Task<SunSpecMap> ReadOnceAsync(IModbusClient client, byte unit, CancellationToken cancellationToken) =>
        await WalkAsync(new(client, unit, timeProvider), new(client, unit, timeProvider), SunSpecFamily.Any, cancellationToken).ConfigureAwait(false);

    /// <summary>Finds the map and walks it.</summary>
    /// <param name="reader">Of the device's unit.</param>
    /// <param name="budget">Bounds the whole reading.</param>
    /// <param name="family">What is known of such devices.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    internal static async Task<SunSpecMap> WalkAsync(
        RegisterReader reader, ReadingBudget budget, SunSpecFamily family, CancellationToken cancellationToken)
    {
        SunSpecMap map = await SunSpecDiscovery.FindAsync(reader, family.Base, cancellationToken).ConfigureAwait(false);
        map.Family = family;
        await FollowAsync(reader, map, budget, cancellationToken).ConfigureAwait(false);
        return map;
    }

    /// <summary>Walks a map that was found, and reads on the way what is not in it yet.</summary>
    internal static async Task FollowAsync(RegisterReader reader, SunSpecMap map, ReadingBudget budget, CancellationToken cancellationToken)
    {
        SunSpecWalker walker = new(reader, map, budget);
        await walker.WalkAsync(SunSpecWalker.MostModels, cancellationToken).ConfigureAwait(false);
        foreach (SunSpecPoint setting in SunSpecNameplate.SettingsWanted(map).ToArray())
        {
            foreach (SunSpecModel model in map.Of(setting.Model))
            {
                await walker.ReadAsync(model, SunSpecPlan.Lazy(setting), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The second look at a map.</summary>
    // The same spans of the same models, so that only what the device says can differ. Blocks that hold nothing but headers
    // are read again too: a chain that moved in between must not be decoded by its old addresses.
    internal static async Task<SunSpecMap> AgainAsync(
        RegisterReader reader, SunSpecMap first, ReadingBudget budget, CancellationToken cancellationToken)
    {
        if (first.EndsInTheOpen) return await WalkAsync(reader, budget, first.Family, cancellationToken).ConfigureAwait(false);
        SunSpecMap again = new(first.BaseAddress) { BreaksOff = first.BreaksOff, Family = first.Family };
        again.Models.AddRange(first.Models);
        again.Oddities.AddRange(first.Oddities);
        foreach ((int address, string why) in first.Unreadable) again.Unreadable[address] = why;
        await SunSpecRepetition.ReadAsync(reader, first.Blocks.All, again.Blocks, budget, cancellationToken).ConfigureAwait(false);

        foreach (SunSpecModel model in first.Models)
        {
            RegisterBlock? header = again.Blocks.Covering(model.Address, 2);
            if (header is not null && header.Words[model.Address - header.Address] == model.Id
                && header.Words[model.Address + 1 - header.Address] == model.Declared)
            {
                continue;
            }

            again.Unreadable[model.Address] = $"model {model.Id} was at {model.Address} at first, and no longer at the second reading";
            again.Models.Remove(model);
        }

        return again;
    }
}
