using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.Probing;

/// <summary>Makes a client of an endpoint's bus. The endpoint's unit id does not matter.</summary>
public delegate IModbusClient ProbeConnector(ModbusEndpoint endpoint, ModbusClientOptions options);

/// <summary>
/// Opens a connection the way the device wants it: some swallow what they are asked in the first seconds (openhab-core#2926), others drop
/// a link that stays quiet for as long (huawei_solar#1436). So both are tried before a silence is believed.
/// </summary>
internal sealed class LaneOpening(ProbeConnector connect, ModbusWishes wishes, IReadOnlyList<DeviceProfile> families, IProgress<ProbeStep>? progress)
{
    private const int UnitsToGreet = 3;
    private static readonly TimeSpan LeastDelay = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MostDelay = TimeSpan.FromSeconds(5);

    private enum Greeting
    {
        Heard,
        Silent,
        Lost,
    }

    /// <summary>A client that is connected, or at least could be.</summary>
    /// <exception cref="ModbusConnectionException">It can't be opened either way.</exception>
    /// <exception cref="ModbusFrameException">What comes is no Modbus of this framing.</exception>
    public async Task<IModbusClient> OpenAsync(
        ModbusEndpoint lane, ModbusClientOptions options, IEnumerable<byte> units, CancellationToken cancellationToken)
    {
        IModbusClient client = connect(lane, options);
        if (lane is ModbusRtuEndpoint) return client;
        byte[] greeted = [.. units.Take(UnitsToGreet)];
        (Greeting first, ModbusConnectionException? lost) = await GreetAsync(client, greeted[..1], cancellationToken).ConfigureAwait(false);
        if (first == Greeting.Heard || (wishes.ConnectDelay is not null && first == Greeting.Silent)) return client;
        await client.DisposeAsync().ConfigureAwait(false);
        if (wishes.ConnectDelay is not null) throw lost!;

        ModbusClientOptions other = options with { ConnectDelay = options.ConnectDelay > TimeSpan.Zero ? TimeSpan.Zero : Delay };
        Tell(lane, lost is null ? "silence" : "the connection was closed", other.ConnectDelay);
        client = connect(lane, other);
        (Greeting second, ModbusConnectionException? again) = await GreetAsync(client, greeted, cancellationToken).ConfigureAwait(false);
        if (second == Greeting.Heard) return client;
        await client.DisposeAsync().ConfigureAwait(false);
        if (lost is not null) throw again ?? lost;
        return connect(lane, options);
    }

    private TimeSpan Delay
    {
        get
        {
            TimeSpan told = families.Select(family => family.Quirks.ConnectDelay?.Value ?? TimeSpan.Zero).Append(TimeSpan.Zero).Max();
            return told < LeastDelay ? LeastDelay : told > MostDelay ? MostDelay : told;
        }
    }

    // An exception is as good as registers: somebody is there, and the connection works.
    private static async Task<(Greeting Greeting, ModbusConnectionException? Lost)> GreetAsync(
        IModbusClient client, IReadOnlyList<byte> units, CancellationToken cancellationToken)
    {
        foreach (byte unit in units)
        {
            try
            {
                await client.ReadHoldingRegistersAsync(unit, 40000, 2, cancellationToken).ConfigureAwait(false);
                return (Greeting.Heard, null);
            }
            catch (ModbusDeviceException)
            {
                return (Greeting.Heard, null);
            }
            catch (ModbusTimeoutException)
            {
                // The next one may be there.
            }
            catch (ModbusConnectionException lost) when (lost.Failure == ModbusConnectionFailure.Lost)
            {
                return (Greeting.Lost, lost);
            }
            catch
            {
                await client.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }

        return (Greeting.Silent, null);
    }

    private void Tell(ModbusEndpoint lane, string came, TimeSpan delay) => progress?.Report(new(lane.Bus, "connection", FormattableString.Invariant(
        $"{came}; it is opened anew, with a pause of {delay.TotalSeconds:0.#} s before the first question")));
}
