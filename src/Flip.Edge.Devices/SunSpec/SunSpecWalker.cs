using Flip.Edge.Devices.Registers;
using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.SunSpec;

/// <summary>
/// Walks a device's chain of models by their declared lengths and reads, on the way, what a nameplate needs. The walk ends on any
/// 64 K of noise: it only goes up, and steps and span are bounded (sax_battery_ha#128).
/// </summary>
internal sealed class SunSpecWalker(RegisterReader reader, SunSpecMap map)
{
    private const int MostModels = 100;
    private const int MostSpan = 12_000;
    private const ushort EndOfMap = 0xFFFF;

    /// <summary>Walks from the marker to the end of the map.</summary>
    public async Task WalkAsync(CancellationToken cancellationToken)
    {
        int cursor = map.BaseAddress + 2;
        ushort previous = 0;
        for (int step = 0; step < MostModels; step++)
        {
            if (cursor + 2 > 0x10000 || cursor > map.BaseAddress + MostSpan)
            {
                map.Oddities.Add($"the models' lengths lead out of the map, to {cursor}; the walk stopped there");
                return;
            }

            (ushort Id, ushort Length)? header = await HeaderAsync(cursor, previous, cancellationToken).ConfigureAwait(false);
            if (header is null || header.Value.Id == EndOfMap) return;
            if (header.Value.Id is 0 or 0x8000)
            {
                map.Oddities.Add($"there is no model at {cursor}, where the one before it says that it ends; the walk stopped there");
                return;
            }

            SunSpecModel model = new(header.Value.Id, (ushort)cursor, header.Value.Length);
            if (model.Length == 0) map.Oddities.Add($"model {model.Id} at {cursor} has the length 0");
            map.Models.Add(model);
            if (model.Length > 0 && SunSpecPlan.Eager(model.Id) is { } span) await ReadAsync(model, span, true, cancellationToken).ConfigureAwait(false);
            previous = model.Id;
            cursor = model.Next;
        }

        map.Oddities.Add($"more than {MostModels} models; the walk stopped at {cursor}");
    }

    /// <summary>Reads a span of a model that was found, unless it was read already.</summary>
    /// <param name="model">The model.</param>
    /// <param name="span">Offsets from the id register.</param>
    /// <param name="towardsNext">Whether the header of the next model is wanted as well.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    public async Task ReadAsync(SunSpecModel model, Span span, bool towardsNext, CancellationToken cancellationToken)
    {
        int last = Math.Min(span.Last, model.Length + 1);
        int first = model.Address + span.First, count = last - span.First + 1;
        if (count <= 0 || map.Blocks.Covering(first, count) is not null) return;

        int through = model.Next + 2 - first;
        // With the next header: where that is refused, the data alone.
        bool both = towardsNext && through <= reader.Client.Options.RegistersPerRead && through - count <= reader.Cost.TransactionInRegisters + 2;
        if (both && await AddAsync(first, through, cancellationToken).ConfigureAwait(false) is null) return;

        ModbusException? absent = count > reader.Client.Options.RegistersPerRead
            ? await SplitAsync(first, count, cancellationToken).ConfigureAwait(false)
            : await AddDeclaredAsync(first, count, cancellationToken).ConfigureAwait(false);
        if (absent is not null)
        {
            map.Unreadable[model.Address] =
                $"{absent.Message}; if the device takes fewer registers at once, set Modbus:RegistersPerRead (probe: --registers)";
        }
    }

    private async Task<(ushort Id, ushort Length)?> HeaderAsync(int cursor, ushort previous, CancellationToken cancellationToken)
    {
        if (map.Blocks.Find(cursor) is null)
        {
            int ahead = Math.Min(2 + SunSpecPlan.LookAhead(previous), reader.Client.Options.RegistersPerRead);
            ModbusException? absent = await AddAsync(cursor, ahead, cancellationToken).ConfigureAwait(false);
            if (absent is not null && ahead > 2) absent = await AddAsync(cursor, 2, cancellationToken).ConfigureAwait(false);
            if (absent is not null) return await LastResortAsync(cursor, absent, cancellationToken).ConfigureAwait(false);
        }

        ushort id = map.Blocks.Find(cursor)!.Value;
        if (id == EndOfMap) return (id, 0);
        if (map.Blocks.Covering(cursor, 2) is null && await AddAsync(cursor, 2, cancellationToken).ConfigureAwait(false) is { } gone)
        {
            return await LastResortAsync(cursor, gone, cancellationToken).ConfigureAwait(false);
        }

        RegisterBlock block = map.Blocks.Covering(cursor, 2)!;
        return (block.Words[cursor - block.Address], block.Words[cursor - block.Address + 1]);
    }

    // Some maps have no end marker, some only its first register (pysunspec2#36, #116): what was found is kept.
    private async Task<(ushort Id, ushort Length)?> LastResortAsync(int cursor, ModbusException absent, CancellationToken cancellationToken)
    {
        if (await AddAsync(cursor, 1, cancellationToken).ConfigureAwait(false) is null && map.Blocks.Find(cursor) == EndOfMap) return null;
        if (map.Models.Count == 0) throw absent;
        map.Oddities.Add($"the map has no end marker: nothing can be read at {cursor}, after model {map.Models[^1].Id}");
        map.EndsInTheOpen = true;
        return null;
    }

    private async Task<ModbusException?> SplitAsync(int first, int count, CancellationToken cancellationToken)
    {
        int most = reader.Client.Options.RegistersPerRead;
        for (int at = first; at < first + count; at += most)
        {
            ModbusException? absent = await AddDeclaredAsync(at, Math.Min(most, first + count - at), cancellationToken).ConfigureAwait(false);
            if (absent is not null) return absent;
        }

        return null;
    }

    private async Task<ModbusException?> AddDeclaredAsync(int address, int count, CancellationToken cancellationToken)
    {
        (ushort[]? words, ModbusException? refused) = await reader.ReadDeclaredAsync(address, count, cancellationToken).ConfigureAwait(false);
        if (words is not null) map.Blocks.Add(address, words);
        return refused;
    }

    private async Task<ModbusException?> AddAsync(int address, int count, CancellationToken cancellationToken)
    {
        count = Math.Min(count, 0x10000 - address);
        (ushort[]? words, ModbusException? absent) = await reader.TryReadAsync(address, count, cancellationToken).ConfigureAwait(false);
        if (words is not null) map.Blocks.Add(address, words);
        return absent;
    }
}
