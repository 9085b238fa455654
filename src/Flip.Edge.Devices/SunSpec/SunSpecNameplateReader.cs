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
            SunSpecMap map = await SunSpecPass.WalkAsync(reader, budget, SunSpecFamily.Any, cancellationToken).ConfigureAwait(false);
            Nameplate first = SunSpecNameplate.Of(map, timeProvider.GetUtcNow());
            SunSpecMap again;
            try
            {
                again = await SunSpecPass.AgainAsync(reader, map, budget, cancellationToken).ConfigureAwait(false);
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
            if ((!agreed || map.Contradiction is not null) && pair < MostPairs) continue;
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
        await SunSpecPass.WalkAsync(new(client, unit, timeProvider), new(client, unit, timeProvider), SunSpecFamily.Any, cancellationToken).ConfigureAwait(false);
}
