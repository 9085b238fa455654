using Flip.Edge.Devices.Registers;

namespace Flip.Edge.Devices.SunSpec;

/// <summary>
/// Walks a device's chain of models by their declared lengths and reads, on the way, what a nameplate needs. The walk ends on any
/// 64 K of noise: it only goes up, and steps, span and time are bounded (sax_battery_ha#128).
/// </summary>
internal sealed class SunSpecWalker(RegisterReader reader, SunSpecMap map, ReadingBudget budget)
{
    public const int MostModels = 100;
    private const int MostSpan = 12_000;

    private readonly SunSpecHeaders _headers = new(reader, map, new(reader));
    private readonly SunSpecSpans _spans = new(reader, map);

    /// <summary>Walks from the marker to the end of the map, or over its first models.</summary>
    public async Task WalkAsync(int models, CancellationToken cancellationToken)
    {
        int cursor = map.BaseAddress + 2;
        ushort previous = 0;
        for (int step = 0; step < models; step++)
        {
            budget.Check();
            if (cursor + 2 > 0x10000 || cursor > map.BaseAddress + MostSpan)
            {
                BreakOff($"the models' lengths lead out of the map, to {cursor}; the walk stopped there");
                return;
            }

            (ushort Id, ushort Length)? header = await _headers.ReadAsync(cursor, previous, cancellationToken).ConfigureAwait(false);
            if (header is not { } found || found.Id == SunSpecHeaders.EndOfMap) return;
            if (found.Id is 0 or 0x8000)
            {
                map.Oddities.Add($"there is no model at {cursor}, where the one before it says that it ends; the walk stopped there");
                // Some maps end in zeros. Behind a model of no certain length they may as well be the middle of something.
                map.BreaksOff |= map.Models.Count > 0 && !SunSpecLengths.IsCertain(map.Models[^1].Id, map.Models[^1].Length);
                return;
            }

            SunSpecModel model = await VisitAsync(new(found.Id, (ushort)cursor, found.Length), cancellationToken).ConfigureAwait(false);
            if (DropRepetition()) return;
            previous = model.Id;
            cursor = model.Next;
        }

        if (models == MostModels) BreakOff($"more than {MostModels} models; the walk stopped at {cursor}");
    }

    /// <summary>Reads a span of a model that was found, unless it was read already.</summary>
    public Task ReadAsync(SunSpecModel model, Span span, CancellationToken cancellationToken)
    {
        budget.Check();
        return _spans.ReadAsync(model, span, towardsNext: false, cancellationToken);
    }

    private async Task<SunSpecModel> VisitAsync(SunSpecModel model, CancellationToken cancellationToken)
    {
        // The data of a common model are where they are with 65 registers as with 66, and bring the next header along.
        bool settleLater = SunSpecLengths.IsCertain(model.Id, model.Length);
        if (!settleLater) model = await _headers.SettleAsync(model, cancellationToken).ConfigureAwait(false);
        if (model.Length == 0) map.Oddities.Add($"model {model.Id} at {model.Address} has the length 0");
        map.Models.Add(model);
        if (model.Length > 0 && SunSpecPlan.Eager(model.Id, map.Family) is { } span) await _spans.ReadAsync(model, span, true, cancellationToken).ConfigureAwait(false);
        if (!settleLater) return model;
        return map.Models[^1] = await _headers.SettleAsync(model, cancellationToken).ConfigureAwait(false);
    }

    // A device that ignores high address bits shows its map again and again: the same common model, and the same one after it.
    private bool DropRepetition()
    {
        if (map.Models.Count < 3 || map.Models[^2].Id != 1 || map.Models[0].Id != 1) return false;
        if (map.Models[^1].Id != map.Models[1].Id || map.Models[^1].Length != map.Models[1].Length) return false;
        foreach (SunSpecText text in SunSpecPoints.Texts)
        {
            ushort[]? first = map.Blocks.Gather(map.Models[0].Address + text.Offset, text.Registers);
            ushort[]? again = map.Blocks.Gather(map.Models[^2].Address + text.Offset, text.Registers);
            if (first is null || again is null || !first.AsSpan().SequenceEqual(again)) return false;
        }

        map.Oddities.Add($"the map shows itself again from {map.Models[^2].Address} on; it is read once");
        map.Models.RemoveRange(map.Models.Count - 2, 2);
        return true;
    }

    private void BreakOff(string sentence)
    {
        map.Oddities.Add(sentence);
        map.BreaksOff = true;
    }
}
