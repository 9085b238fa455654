using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.Probing;

/// <summary>Reads the nameplate of a device that was found.</summary>
/// <param name="connect">Makes the connection.</param>
/// <param name="time">The clock.</param>
public sealed class DeviceReader(ProbeConnector connect, TimeProvider time)
{
    /// <summary>Connects, reads and lets go.</summary>
    /// <exception cref="DeviceNotFoundException">It does not answer; where its family has to be switched to Modbus, the message says how.</exception>
    /// <exception cref="DeviceNotReadableException">It is not, or no longer, what its profile expects.</exception>
    public async Task<NameplateReading> ReadAsync(IdentifiedDevice device, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(device, device.Options, cancellationToken).ConfigureAwait(false);
        }
        catch (ModbusTimeoutException) when (device.IsDelayOpen && device.Options.ConnectDelay < LaneOpening.Delay)
        {
            try
            {
                return await ReadAsync(device, device.Options with { ConnectDelay = LaneOpening.Delay }, cancellationToken).ConfigureAwait(false);
            }
            catch (ModbusException silent)
            {
                throw NotFound(device, silent);
            }
        }
        catch (ModbusException silent)
        {
            throw NotFound(device, silent);
        }
    }

    private async Task<NameplateReading> ReadAsync(IdentifiedDevice device, ModbusClientOptions options, CancellationToken cancellationToken)
    {
        await using IModbusClient client = connect(device.Endpoint, options);
        NameplateReading reading = await new NameplateReader(time).ReadAsync(client, device.Unit, device.Profile, cancellationToken).ConfigureAwait(false);
        IEnumerable<NameplateWarning> found = device.Warnings.Select(sentence => new NameplateWarning("profile", sentence, false));
        // This reading is right, and the next may be spoilt. Without counts: the sentence would be another one, and news, after each reading.
        IEnumerable<NameplateWarning> line = client.Counters switch
        {
            { ForeignRequests: > 0 } => [new("line", "another master is on the line, which spoils replies at random; only one may ask there", false)],
            { UnaskedReplies: > 0 } => [new("line", "another master may be on the line: replies came that nobody here had asked for; only one may ask there", false)],
            _ => [],
        };
        return reading with { Nameplate = reading.Nameplate with { Warnings = [.. found, .. reading.Nameplate.Warnings, .. line] } };
    }

    private static DeviceNotFoundException NotFound(IdentifiedDevice device, ModbusException silent) =>
        new(silent.Message + ProbeFailure.Enable(device.Profile), silent);
}
