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
            await using IModbusClient client = connect(device.Endpoint, device.Options);
            NameplateReading reading = await new NameplateReader(time).ReadAsync(client, device.Unit, device.Profile, cancellationToken).ConfigureAwait(false);
            IEnumerable<NameplateWarning> found = device.Warnings.Select(sentence => new NameplateWarning("profile", sentence, false));
            return reading with { Nameplate = reading.Nameplate with { Warnings = [.. found, .. reading.Nameplate.Warnings] } };
        }
        catch (ModbusException silent)
        {
            throw new DeviceNotFoundException(silent.Message + ProbeFailure.Enable(device.Profile), silent);
        }
    }
}
