using Flip.Edge.Devices.Registers;
using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.SunSpec;

/// <summary>Reads the headers of a chain: id and length, which mostly came along with what was read before.</summary>
internal sealed class SunSpecHeaders(RegisterReader reader, SunSpecMap map, SunSpecReach reach)
{
    public const ushort EndOfMap = 0xFFFF;

    /// <summary>The header at the cursor, or null where the map ends without an end marker.</summary>
    /// <exception cref="ModbusException">Nothing was read of this map yet, and the device does not give its first header.</exception>
    public async Task<(ushort Id, ushort Length)?> ReadAsync(int cursor, ushort previous, CancellationToken cancellationToken)
    {
        if (map.Blocks.Find(cursor) is null)
        {
            ModbusException? absent = await AheadAsync(cursor, previous, cancellationToken).ConfigureAwait(false);
            if (absent is not null && reach.Near(previous) > 2) absent = await AddAsync(cursor, 2, cancellationToken).ConfigureAwait(false);
            if (absent is not null) return await LastResortAsync(cursor, absent, cancellationToken).ConfigureAwait(false);
        }

        ushort id = map.Blocks.Find(cursor)!.Value;
        if (id == EndOfMap) return (id, 0);
        if (map.Blocks.Covering(cursor, 2) is null && await PairAsync(cursor, cancellationToken).ConfigureAwait(false) is { } gone)
        {
            return await LastResortAsync(cursor, gone, cancellationToken).ConfigureAwait(false);
        }

        return At(cursor);
    }

    // Once farther and once less far, then no farther than every capture shows to be safe.
    private async Task<ModbusException?> AheadAsync(int cursor, ushort previous, CancellationToken cancellationToken)
    {
        for (int tries = 1; ; tries++)
        {
            int near = Math.Min(reach.Near(previous), 0x10000 - cursor), ahead = tries > 2 ? near : Math.Max(near, reach.From(cursor, previous));
            ModbusException? absent = await AddAsync(cursor, ahead, cancellationToken).ConfigureAwait(false);
            if (absent is null || ahead == near) return absent;
            reach.Failed(cursor + ahead, absent is ModbusTimeoutException);
        }
    }

    /// <summary>
    /// The model with the length that leads to a header. Devices declare 66 registers of common model and have 65, or the other way round
    /// (sunspec/models#22), and declare 0 where they have all of a model: where a model's own length leads to no header and its
    /// definition's does, the definition is right.
    /// </summary>
    public async Task<SunSpecModel> SettleAsync(SunSpecModel model, CancellationToken cancellationToken)
    {
        ushort[] lengths = SunSpecLengths.Of(model.Id).ToArray();
        if (lengths.Length == 0 || (lengths.Length == 1 && lengths[0] == model.Length)) return model;
        if (await IsCertainAsync(model.Next, cancellationToken).ConfigureAwait(false)) return model;
        foreach (ushort length in lengths)
        {
            SunSpecModel other = model with { Length = length, Declared = model.Length };
            if (length == model.Length || !await IsCertainAsync(other.Next, cancellationToken).ConfigureAwait(false)) continue;
            map.Oddities.Add($"model {model.Id} at {model.Address} declares the length {model.Length}, and the next model stands where {length} leads to");
            return other with { Declared = await DeclaredAgainAsync(model, cancellationToken).ConfigureAwait(false) };
        }

        // A length that is nobody's, and behind it a header that is nobody's: what stands in between need not be this model either.
        map.BreaksOff |= !lengths.Contains(model.Length) && At(model.Next) is { } next && !SunSpecLengths.IsKnown(next.Id);
        return model;
    }

    // A wrong length may be a device's, which then says it again; or a response in which a register came twice or not at all, and all behind
    // it is moved. Asked for alone, such a header is another, and what came with the first is not believed.
    private async Task<ushort> DeclaredAgainAsync(SunSpecModel model, CancellationToken cancellationToken)
    {
        await PairAsync(model.Address, cancellationToken).ConfigureAwait(false);
        return At(model.Address) is { } header && header.Id == model.Id ? header.Length : model.Length;
    }

    /// <summary>Reads registers of the map, or tells why the device has none there.</summary>
    public async Task<ModbusException?> AddAsync(int address, int count, CancellationToken cancellationToken)
    {
        count = Math.Min(count, 0x10000 - address);
        (ushort[]? words, ModbusException? absent) = await reader.TryReadAsync(address, count, cancellationToken).ConfigureAwait(false);
        if (words is not null) map.Blocks.Add(address, words);
        return absent;
    }

    private (ushort Id, ushort Length)? At(int address) => map.Blocks.Covering(address, 2) is { } block
        ? (block.Words[address - block.Address], block.Words[address - block.Address + 1])
        : null;

    private async Task<bool> IsCertainAsync(int address, CancellationToken cancellationToken)
    {
        if (address + 2 > 0x10000) return false;
        if (At(address) is null) await PairAsync(address, cancellationToken).ConfigureAwait(false);
        return At(address) is { } header && SunSpecLengths.IsCertain(header.Id, header.Length);
    }

    private Task<ModbusException?> PairAsync(int address, CancellationToken cancellationToken) => AddAsync(address, 2, cancellationToken);

    // Some maps have no end marker, some only its first register (pysunspec2#36, #116): what was found is kept.
    private async Task<(ushort Id, ushort Length)?> LastResortAsync(int cursor, ModbusException absent, CancellationToken cancellationToken)
    {
        if (await AddAsync(cursor, 1, cancellationToken).ConfigureAwait(false) is null)
        {
            if (map.Blocks.Find(cursor) == EndOfMap) return null;
            // A register that is there, and no end marker: the refusal of both was one of the moment.
            if (await PairAsync(cursor, cancellationToken).ConfigureAwait(false) is null && At(cursor) is { } header) return header;
        }

        if (map.Models.Count == 0) throw absent;
        map.Oddities.Add($"the map has no end marker: nothing can be read at {cursor}, after model {map.Models[^1].Id}");
        map.EndsInTheOpen = true;
        map.BreaksOff |= !SunSpecLengths.IsBelievable(map.Models[^1]);
        return null;
    }
}
