using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.Registers;

/// <summary>
/// Reads holding (function 3) or input (4) registers of one unit, patiently with a busy device, and reports what is merely not there as
/// a sentence. Every request is noted in <paramref name="journal"/>, which several readers of one device may share.
/// </summary>
internal sealed class RegisterReader(
    IModbusClient client, byte unit, TimeProvider timeProvider, int function = 3, ICollection<ReadTransaction>? journal = null,
    bool readsAhead = true)
{
    private const int BusyTries = 5;
    private const int FailureTries = 3;
    private static readonly TimeSpan BusyPause = TimeSpan.FromMilliseconds(300);

    public IModbusClient Client => client;

    public byte Unit => unit;

    /// <summary>False for a device that is silent where others refuse: reading past its map's end would cost a time-out.</summary>
    public bool ReadsAhead => readsAhead;

    public int Transactions { get; private set; }

    /// <summary>Of a read on this connection, with what is known of the device by now.</summary>
    public ReadCost Cost => ReadCost.Of(client.Endpoint, client.Latency);

    /// <summary>Reads registers. Exceptions 5 and 6 mean "later", and are waited out; a reply that came damaged is asked for again.</summary>
    /// <exception cref="ModbusException">Any other failure.</exception>
    public async Task<ushort[]> ReadAsync(int address, int count, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await AskAsync(address, count, cancellationToken).ConfigureAwait(false);
            }
            catch (ModbusDeviceException busy)
                when (busy.Code is ModbusExceptionCode.DeviceBusy or ModbusExceptionCode.Acknowledge && attempt < BusyTries)
            {
                await Task.Delay(BusyPause, timeProvider, cancellationToken).ConfigureAwait(false);
            }
            catch (ModbusFrameException) when (attempt < FailureTries)
            {
                // Noise on the line. The client has already waited until it was quiet.
            }
        }
    }

    /// <summary>
    /// Reads registers that the device says it has, or tells why it refuses them: exceptions 1 to 3. A fault (exception 4) or silence is
    /// no refusal: it is tried again, and then it is the reading that failed, and not the value that is missing.
    /// </summary>
    /// <exception cref="ModbusException">Any other failure.</exception>
    public async Task<(ushort[]? Words, ModbusException? Refused)> ReadDeclaredAsync(int address, int count, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            (ushort[]? words, ModbusException? absent) = await TryReadAsync(address, count, cancellationToken).ConfigureAwait(false);
            bool failed = absent is ModbusTimeoutException or ModbusDeviceException { Code: ModbusExceptionCode.DeviceFailure };
            if (!failed) return (words, absent);
            if (attempt == FailureTries) throw absent!;
            await Task.Delay(BusyPause, timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads registers, or tells why the device has none there: exceptions 1 to 4, or silence.</summary>
    /// <exception cref="ModbusException">No connection, a broken frame, or a gateway that has no path to the unit.</exception>
    public async Task<(ushort[]? Words, ModbusException? Absent)> TryReadAsync(int address, int count, CancellationToken cancellationToken)
    {
        if (address < 0 || address + count > 0x10000) return (null, null);
        try
        {
            return (await ReadAsync(address, count, cancellationToken).ConfigureAwait(false), null);
        }
        catch (ModbusDeviceException refused)
            when (refused.Code is ModbusExceptionCode.IllegalFunction or ModbusExceptionCode.IllegalDataAddress
                      or ModbusExceptionCode.IllegalDataValue or ModbusExceptionCode.DeviceFailure)
        {
            return (null, refused);
        }
        catch (ModbusTimeoutException silent)
        {
            return (null, silent);
        }
    }

    private async Task<ushort[]> AskAsync(int address, int count, CancellationToken cancellationToken)
    {
        Transactions++;
        ModbusException? failure = null;
        try
        {
            ValueTask<ushort[]> reply = function == 4
                ? client.ReadInputRegistersAsync(unit, (ushort)address, (ushort)count, cancellationToken)
                : client.ReadHoldingRegistersAsync(unit, (ushort)address, (ushort)count, cancellationToken);
            return await reply.ConfigureAwait(false);
        }
        catch (ModbusException failed)
        {
            failure = failed;
            throw;
        }
        finally
        {
            journal?.Add(new(unit, function, address, count, failure));
        }
    }
}
