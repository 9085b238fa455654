using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.Probing;

/// <summary>Makes a client of an endpoint's bus. The endpoint's unit id does not matter.</summary>
public delegate IModbusClient ProbeConnector(ModbusEndpoint endpoint, ModbusClientOptions options);

/// <summary>
/// Opens a connection the way the device wants it: some swallow what they are asked in the first seconds (openhab-core#2926), others drop
/// a link that stays quiet for as long (huawei_solar#1436). So both are tried before a silence is believed.
/// </summary>
internal sealed class LaneOpening(ProbeConnector connect, ModbusWishes wishes, IProgress<ProbeStep>? progress)
{
    /// <summary>
    /// The longest that a device is known to swallow what it is asked. Nothing shorter is tried: each question that is swallowed is followed
    /// by a new connection soon, and that begins to swallow anew.
    /// </summary>
    internal static readonly TimeSpan Delay = TimeSpan.FromSeconds(5);

    private const int UnitsToGreet = 3;

    private enum Greeting
    {
        Heard,
        Silent,
        Lost,
    }

    /// <summary>A client that is connected, or at least could be; and the silence that it was greeted with, or null.</summary>
    /// <param name="lane">Where.</param>
    /// <param name="options">How.</param>
    /// <param name="units">The units that are greeted, the likeliest first.</param>
    /// <param name="isFirst">Whether it is the likeliest lane: a serial line is then not greeted, because every unit of it is asked anyway.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ModbusConnectionException">It can't be opened either way.</exception>
    /// <exception cref="ModbusFrameException">What comes is no Modbus of this framing.</exception>
    public async Task<(IModbusClient Client, ModbusException? Silence)> OpenAsync(
        ModbusEndpoint lane, ModbusClientOptions options, IEnumerable<byte> units, bool isFirst, CancellationToken cancellationToken)
    {
        IModbusClient client = connect(lane, options);
        bool isLine = lane is ModbusRtuEndpoint;
        if (isLine && isFirst) return (client, null);
        byte[] greeted = [.. units.Take(UnitsToGreet)];
        (Greeting first, ModbusException? silence) =
            await GreetAsync(client, isLine ? greeted : greeted[..1], cancellationToken).ConfigureAwait(false);
        if (first == Greeting.Heard) return (client, null);
        if (first == Greeting.Silent && (isLine || wishes.ConnectDelay is not null)) return (client, silence);
        await client.DisposeAsync().ConfigureAwait(false);
        if (wishes.ConnectDelay is not null) throw silence!;

        ModbusClientOptions other = options with { ConnectDelay = options.ConnectDelay > TimeSpan.Zero ? TimeSpan.Zero : Delay };
        Tell(lane, first == Greeting.Silent ? "silence" : "the connection was closed", other.ConnectDelay);
        client = connect(lane, other);
        (Greeting second, ModbusException? again) = await GreetAsync(client, greeted, cancellationToken).ConfigureAwait(false);
        if (second == Greeting.Heard) return (client, null);
        await client.DisposeAsync().ConfigureAwait(false);
        if (first == Greeting.Lost) throw again ?? silence!;
        return (connect(lane, options), silence);
    }

    // An exception is as good as registers: somebody is there, and the connection works.
    private static async Task<(Greeting Greeting, ModbusException? Silence)> GreetAsync(
        IModbusClient client, IReadOnlyList<byte> units, CancellationToken cancellationToken)
    {
        ModbusException? silence = null;
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
            catch (ModbusException silent) when (silent is ModbusTimeoutException || (silent is ModbusFrameException && client.Endpoint is ModbusRtuEndpoint))
            {
                silence = silent; // the next one may be there
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

        return (Greeting.Silent, silence);
    }

    private void Tell(ModbusEndpoint lane, string came, TimeSpan delay) => progress?.Report(new(lane.Bus, "connection", FormattableString.Invariant(
        $"{came}; it is opened anew, with a pause of {delay.TotalSeconds:0.#} s before the first question")));
}
