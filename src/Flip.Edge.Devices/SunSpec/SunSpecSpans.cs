using Flip.Edge.Devices.Registers;
using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.SunSpec;

/// <summary>Reads what is wanted of a model: in one response where the device gives it, else so that values and factors still belong together.</summary>
internal sealed class SunSpecSpans(RegisterReader reader, SunSpecMap map)
{
    private int Most => reader.Client.Options.RegistersPerRead;

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
        bool both = towardsNext && through <= Most && through - count <= reader.Cost.TransactionInRegisters + 2 && first + through <= 0x10000;
        if (both)
        {
            (ushort[]? words, ModbusException? refused) = await reader.TryReadAsync(first, through, cancellationToken).ConfigureAwait(false);
            if (words is not null) map.Blocks.Add(first, words);
            if (refused is null) return;
        }

        ModbusException? absent = count <= Most
            ? await AddAsync(first, count, cancellationToken).ConfigureAwait(false)
            : await InPiecesAsync(model, cancellationToken).ConfigureAwait(false);
        if (absent is not null)
        {
            map.Unreadable[model.Address] =
                $"{absent.Message}; if the device takes fewer registers at once, set Modbus:RegistersPerRead (probe: --registers)";
        }
    }

    private async Task<ModbusException?> InPiecesAsync(SunSpecModel model, CancellationToken cancellationToken)
    {
        foreach ((int first, int count) in Pieces(model))
        {
            for (int done = 0; done < count; done += Most)
            {
                ModbusException? absent =
                    await AddAsync(model.Address + first + done, Math.Min(Most, count - done), cancellationToken).ConfigureAwait(false);
                if (absent is not null) return absent;
            }
        }

        return null;
    }

    // A value and its scale factor that no response holds together: factor, value, value, factor.
    private IEnumerable<(int First, int Count)> Pieces(SunSpecModel model)
    {
        foreach (SunSpecText text in SunSpecPoints.Texts.Where(text => text.Model == model.Id))
        {
            int registers = Math.Min(text.Registers, model.Length + 2 - text.Offset);
            int begin = text.Offset + registers <= Most ? 0 : text.Offset;
            if (registers > 0) yield return (begin, text.Offset + registers - begin);
        }

        foreach (SunSpecPoint point in SunSpecPoints.Ratings.Concat(SunSpecPoints.Settings).Where(point => point.Model == model.Id && model.Has(point.Last, 1)))
        {
            bool isTogether = point.Last - point.First + 1 <= Most;
            if (!isTogether) yield return (point.ScaleFactorOffset, 1);
            int end = isTogether ? point.Last : point.Offset;
            // From the model's id on where that fits: it proves that the response is not one register off.
            int begin = end + 1 <= Most ? 0 : isTogether ? point.First : point.Offset;
            yield return (begin, end - begin + 1);
            if (!isTogether) yield return (begin, end - begin + 1);
            if (!isTogether) yield return (point.ScaleFactorOffset, 1);
        }
    }

    private async Task<ModbusException?> AddAsync(int address, int count, CancellationToken cancellationToken)
    {
        (ushort[]? words, ModbusException? refused) = await reader.ReadDeclaredAsync(address, count, cancellationToken).ConfigureAwait(false);
        if (words is not null) map.Blocks.Add(address, words);
        return refused;
    }
}
