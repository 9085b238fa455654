using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.Walking;

/// <summary>
/// Reads what lies around the registers that are known: the whole of a SunSpec map, and elsewhere the rest of each block of 64 registers of which
/// something is known. A device that is silent to one such read is not asked more.
/// </summary>
internal sealed class WalkReach(IModbusClient client, WalkRecord record)
{
    /// <summary>The most reads of a walk.</summary>
    public const int MostReads = 500;

    private const int Block = 64, Smallest = 8, MostModels = 100, MostSpan = 12_000;
    private const ushort EndOfMap = 0xFFFF, MarkerHigh = 0x5375, MarkerLow = 0x6E53; // "SunS"

    /// <summary>Reads.</summary>
    /// <returns>Null; or why it ended early.</returns>
    /// <exception cref="ModbusException">The connection failed.</exception>
    public async Task<string?> ReadAsync(CancellationToken cancellationToken)
    {
        foreach (((byte unit, byte function), SortedDictionary<int, ushort> known) in record.Words(client.Endpoint.Bus))
        {
            try
            {
                Table table = new(unit, function, known);
                int marker = known.Keys.FirstOrDefault(address => known[address] == MarkerHigh && known.GetValueOrDefault(address + 1) == MarkerLow, -1);
                int end = marker < 0 ? marker : await ChainAsync(table, marker, cancellationToken).ConfigureAwait(false);
                int[] blocks = [.. known.Keys.Where(address => marker < 0 || address < marker || address >= end).Select(address => address / Block).Distinct()];
                foreach (int block in blocks) await FillAsync(table, block * Block, (block + 1) * Block, cancellationToken).ConfigureAwait(false);
            }
            catch (ModbusTimeoutException)
            {
                // It is silent where others refuse: each further question would cost a time-out.
            }

            if (record.Count >= MostReads) return $"the walk was ended after {MostReads} reads";
        }

        return null;
    }

    /// <summary>Follows the models by their lengths and reads each as a whole. Returns the address behind the map.</summary>
    private async Task<int> ChainAsync(Table table, int marker, CancellationToken cancellationToken)
    {
        int cursor = marker + 2;
        for (int model = 0; model < MostModels && cursor < marker + MostSpan && cursor + 2 <= 0x10000; model++)
        {
            await FillAsync(table, cursor, cursor + 2, cancellationToken).ConfigureAwait(false);
            if (!table.Known.TryGetValue(cursor, out ushort id) || id == EndOfMap || !table.Known.TryGetValue(cursor + 1, out ushort length)) break;
            int next = Math.Min(cursor + 2 + length, Math.Min(marker + MostSpan, 0x10000));
            await FillAsync(table, cursor + 2, next, cancellationToken).ConfigureAwait(false);
            cursor = next;
        }

        return cursor + 2;
    }

    private async Task FillAsync(Table table, int from, int to, CancellationToken cancellationToken)
    {
        int most = Math.Min(client.Options.RegistersPerRead, ModbusClientOptions.ProtocolRegistersPerRead);
        for (int address = from; address < to;)
        {
            int count = 0;
            while (count < most && address + count < to && !table.Known.ContainsKey(address + count)) count++;
            if (count > 0) await TryAsync(table, address, count, cancellationToken).ConfigureAwait(false);
            address += Math.Max(count, 1);
        }
    }

    private async Task TryAsync(Table table, int address, int count, CancellationToken cancellationToken)
    {
        if (record.Count >= MostReads) return;
        try
        {
            ushort[] words = table.Function == 4
                ? await client.ReadInputRegistersAsync(table.Unit, (ushort)address, (ushort)count, cancellationToken).ConfigureAwait(false)
                : await client.ReadHoldingRegistersAsync(table.Unit, (ushort)address, (ushort)count, cancellationToken).ConfigureAwait(false);
            for (int i = 0; i < count; i++) table.Known[address + i] = words[i];
        }
        catch (ModbusDeviceException) when (count > Smallest)
        {
            // Somewhere in it is a register that is not there.
            await TryAsync(table, address, count / 2, cancellationToken).ConfigureAwait(false);
            await TryAsync(table, address + (count / 2), count - (count / 2), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception refused) when (refused is ModbusDeviceException or ModbusFrameException)
        {
            // Not there, or spoilt by noise: the record has it, as far as there is something to record.
        }
    }

    private sealed record Table(byte Unit, byte Function, SortedDictionary<int, ushort> Known);
}
