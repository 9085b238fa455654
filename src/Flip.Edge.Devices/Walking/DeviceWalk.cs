using Flip.Edge.Devices.Probing;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.Walking;

/// <summary>
/// Walks a device's registers for support: all that finding it and reading its nameplate ask for, and what lies around. It only reads, and ends
/// within <see cref="Budget"/> and <see cref="WalkReach.MostReads"/>.
/// </summary>
/// <param name="catalog">The profiles.</param>
/// <param name="connect">Makes the connections; give a shared one where the device takes a single client.</param>
/// <param name="time">The clock of the budget.</param>
public sealed class DeviceWalk(ProfileCatalog catalog, ProbeConnector connect, TimeProvider time)
{
    /// <summary>When a walk ends, whole or not.</summary>
    public static readonly TimeSpan Budget = TimeSpan.FromMinutes(2);

    /// <summary>Walks. What can't be read is in the walk, as what came instead.</summary>
    /// <param name="name">The device's name, for people.</param>
    /// <param name="endpoint">Where to look.</param>
    /// <param name="profile">A profile's name, or <see cref="DeviceProbe.Auto"/>.</param>
    /// <param name="wishes">What was set of the connection.</param>
    /// <param name="cancellationToken">Ends it without a walk.</param>
    public async Task<RegisterWalk> WalkAsync(string name, ModbusEndpoint endpoint, string profile, ModbusWishes wishes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(wishes);
        WalkRecord record = new();
        IdentifiedDevice? found = null;
        string? stopped = null;
        using CancellationTokenSource budget = new(Budget, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, budget.Token);
        try
        {
            found = await new DeviceProbe(catalog, Recorded, time).FindAsync(endpoint, profile, wishes, ProbeScope.Unattended, null, either.Token).ConfigureAwait(false);
            await new DeviceReader(Recorded, time).ReadAsync(found, either.Token).ConfigureAwait(false);
        }
        catch (Exception failed) when (failed is DeviceNotFoundException or DeviceNotReadableException or ModbusException)
        {
            // What no profile fits is what support wants to see most.
            stopped = failed.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            stopped = TooLong;
        }

        string bus = found?.Endpoint.Bus ?? record.LikeliestBus ?? endpoint.Bus;
        if (!budget.IsCancellationRequested && record.HasAnswers(bus)) stopped ??= await AroundAsync(record, found, endpoint, wishes, either.Token).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return new(name, (found?.Endpoint ?? endpoint).ToString()!, time.GetUtcNow(), record.Of(bus)) { Profile = found?.Profile.Id, Stopped = stopped };

        IModbusClient Recorded(ModbusEndpoint at, ModbusClientOptions options) => new RecordingClient(connect(at, options), read => record.Add(at.Bus, read));

        async Task<string?> AroundAsync(WalkRecord kept, IdentifiedDevice? device, ModbusEndpoint at, ModbusWishes asked, CancellationToken end)
        {
            try
            {
                await using IModbusClient client = Recorded(device?.Endpoint ?? at, device?.Options ?? asked.OptionsFor(null));
                return await new WalkReach(client, kept).ReadAsync(end).ConfigureAwait(false);
            }
            catch (ModbusException failed)
            {
                return failed.Message;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return TooLong;
            }
        }
    }

    private static string TooLong => $"the walk was ended after {Budget.TotalSeconds:0} s; what came until then is here";
}
