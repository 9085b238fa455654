using Flip.Edge.Configuration;
using Flip.Edge.Devices;
using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Probing;
using Flip.Edge.Devices.Profiles;

namespace Flip.Edge.Monitoring;

/// <summary>
/// Knows where one device answers and with which profile it is read. It finds that out once and remembers it, so that later readings ask
/// for nothing else; and finds out anew when the device is no longer what it was.
/// </summary>
internal sealed partial class DeviceFinder(
    DeviceSettings device, Func<ProfileCatalog> profiles, ModbusConnections connections, TimeProvider time, ILogger<DeviceFinder> log) : IProgress<ProbeStep>
{
    /// <summary>A device that was silent so often, every 30 s, may have got another unit id or port: it is looked for again, once.</summary>
    private const int SilencesUntilLookedForAgain = 20;

    private IdentifiedDevice? _known;
    private ProfileCatalog? _catalog;
    private int _silences;
    private string? _told;
    private string? _changed;

    /// <summary>With profiles that stay as they are.</summary>
    public DeviceFinder(DeviceSettings device, ProfileCatalog catalog, ModbusConnections connections, TimeProvider time, ILogger<DeviceFinder> log)
        : this(device, () => catalog, connections, time, log)
    {
    }

    /// <summary>Reads the nameplate.</summary>
    /// <exception cref="DeviceNotFoundException">It does not answer.</exception>
    /// <exception cref="DeviceNotReadableException">It answers, and is not what was expected.</exception>
    public async Task<NameplateReading> ReadAsync(CancellationToken cancellationToken)
    {
        DeviceReader reader = new(connections.Rent, time);
        // A reload has read the profiles anew: what was found with the old ones is found again.
        ProfileCatalog catalog = profiles();
        if (_catalog != catalog) _known = null;
        _catalog = catalog;
        if (_known is { } known)
        {
            try
            {
                NameplateReading reading = await reader.ReadAsync(known, cancellationToken);
                _silences = 0;
                Tell(known);
                _changed = null;
                return reading;
            }
            catch (DeviceNotReadableException changed) when (device.Profile == DeviceProbe.Auto && !changed.IsAsleep)
            {
                // Once for each reason: it may stay so for years, and is looked for every 30 s.
                if (changed.Message != _changed) LogChanged(device.Id, known.Profile.Name, changed.Message);
                _changed = changed.Message;
            }
            catch (DeviceNotFoundException) when (++_silences % SilencesUntilLookedForAgain == 0)
            {
                LogSilent(device.Id, _silences);
            }
        }

        _known = null;
        DeviceProbe probe = new(catalog, connections.Rent, time);
        IdentifiedDevice found = await probe.FindAsync(device.Endpoint, device.Profile, device.Modbus, ProbeScope.Unattended, this, cancellationToken);
        _known = found;
        // What was looked for has answered; of what a person named nobody knows before it is read.
        if (device.Profile == DeviceProbe.Auto) Tell(found);
        NameplateReading first = await reader.ReadAsync(found, cancellationToken);
        Tell(found);
        return first;
    }

    /// <inheritdoc/>
    public void Report(ProbeStep value)
    {
        if (log.IsEnabled(LogLevel.Debug)) LogStep(device.Id, value.ToString());
    }

    private void Tell(IdentifiedDevice found)
    {
        string endpoint = found.Endpoint.ToString(), told = $"{found.Profile.Id} {endpoint} {found.Why}";
        if (told == _told) return;
        _told = told;
        LogFound(device.Id, found.Profile.Id, endpoint, found.Why);
    }

    [LoggerMessage(105, LogLevel.Information, "Device {Device} is read with the profile {Profile} at {Endpoint}: {Why}")]
    private partial void LogFound(string device, string profile, string endpoint, string why);

    [LoggerMessage(106, LogLevel.Debug, "Device {Device}, looking for it: {Step}")]
    private partial void LogStep(string device, string step);

    [LoggerMessage(107, LogLevel.Warning, "Device {Device} can no longer be read with the profile {Profile}; it is looked for anew: {Why}")]
    private partial void LogChanged(string device, string profile, string why);

    [LoggerMessage(108, LogLevel.Information, "Device {Device} was silent {Times} times where it was found; it is looked for anew")]
    private partial void LogSilent(string device, int times);
}
