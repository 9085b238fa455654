using Flip.Edge.Devices.Registers;

namespace Flip.Edge.Devices.SunSpec;

/// <summary>What a SunSpec nameplate needs of a map, by address: for the explanation of what was read.</summary>
internal static class SunSpecHoldings
{
    /// <summary>The marker, the header of every model, and the points that are used.</summary>
    public static IEnumerable<WantedRegisters> Of(SunSpecMap map, byte unit)
    {
        yield return Wanted("marker", map.BaseAddress, 2);
        foreach (SunSpecModel model in map.Models)
        {
            yield return Wanted($"header of {model.Id}", model.Address, 2);
            foreach (SunSpecText text in SunSpecPoints.Texts.Where(text => text.Model == model.Id)) yield return Wanted($"{model.Id}.{text.Name}", model.Address + text.Offset, text.Registers);
            foreach (SunSpecPoint point in SunSpecPoints.Ratings.Concat(SunSpecPoints.Settings).Where(point => point.Model == model.Id && model.Has(point.Last, 1)))
            {
                yield return Wanted($"{model.Id}.{point.Name}", model.Address + point.Offset, 1);
                yield return Wanted($"{model.Id}.{point.Name}'s scale factor", model.Address + point.ScaleFactorOffset, 1);
            }
        }

        if (map.Models.Count > 0) yield return Wanted("end of the map", map.Models[^1].Next, 2);

        WantedRegisters Wanted(string name, int address, int count) => new(name, unit, 3, address, count);
    }
}
