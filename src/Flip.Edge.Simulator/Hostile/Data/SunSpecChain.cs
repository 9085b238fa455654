using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Devices;

namespace Flip.Edge.Simulator.Hostile.Data;

/// <summary>The models of a well-behaved SunSpec device, taken apart so that they can be put together wrongly.</summary>
internal sealed class SunSpecChain(ushort baseAddress, List<ushort[]> models)
{
    private static readonly SunSpecLayout[] Layouts =
    [
        CommonLayouts.Common, InverterLayouts.ThreePhase, InverterLayouts.Nameplate, InverterLayouts.Settings, InverterLayouts.Status,
        InverterLayouts.Controls, InverterLayouts.Storage, DerLayouts.MeasureAc, DerLayouts.Capacity, DerLayouts.StorageCapacity, BatteryLayouts.Base,
    ];

    /// <summary>Address of the marker.</summary>
    public ushort BaseAddress => baseAddress;

    /// <summary>Each with its id and length; the length may lie.</summary>
    public List<ushort[]> Models => models;

    /// <summary>The chain behind a unit id, or null when there is none.</summary>
    public static SunSpecChain? Of(IRegisterBank device, byte unit)
    {
        foreach (var start in (ReadOnlySpan<ushort>)[40000, 50000, 0])
        {
            Span<ushort> pair = stackalloc ushort[2];
            if (device.Read(unit, 3, start, pair) is not null || pair is not [0x5375, 0x6E53]) continue;
            List<ushort[]> models = [];
            var at = start + 2;
            while (device.Read(unit, 3, (ushort)at, pair) is null && pair[0] != 0xFFFF)
            {
                var model = new ushort[pair[1] + 2];
                if (device.Read(unit, 3, (ushort)at, model) is not null) break;
                models.Add(model);
                at += model.Length;
            }

            return new(start, models);
        }

        return null;
    }

    /// <summary>A copy to change.</summary>
    public SunSpecChain Copy() => new(baseAddress, [.. models.Select(model => (ushort[])model.Clone())]);

    /// <summary>The models with an id.</summary>
    public IEnumerable<ushort[]> With(ushort id) => models.Where(model => model[0] == id);

    /// <summary>Sets points in every model that has them; a name is <c>model.point</c>, or <c>*.point</c> for all models.</summary>
    public SunSpecChain Set(ushort raw, params ReadOnlySpan<string> points)
    {
        foreach (var name in points)
        {
            var (id, point) = name.Split('.') is [var first, var second] ? (first, second) : throw new ArgumentException($"\"{name}\" is not model.point.");
            foreach (var layout in Layouts.Where(layout => id == "*" || id == $"{layout.Id}"))
            {
                if (layout.Points.FirstOrDefault(candidate => candidate.Name == point) is not { } found) continue;
                foreach (var model in With(layout.Id)) model.AsSpan(found.Offset, found.Size).Fill(raw);
            }
        }

        return this;
    }

    /// <summary>Changes the registers of a text of the common model.</summary>
    public SunSpecChain Text(string point, Action<ushort[]> change)
    {
        var found = CommonLayouts.Common[point];
        foreach (var model in With(1))
        {
            var words = model[found.Offset..(found.Offset + found.Size)];
            change(words);
            words.CopyTo(model, found.Offset);
        }

        return this;
    }

    /// <summary>Makes models declare another length than they have.</summary>
    public SunSpecChain Declare(ushort id, ushort length)
    {
        foreach (var model in With(id)) model[1] = length;
        return this;
    }

    /// <summary>Gives a model another size, and has it declare the length that it declared before, or its own.</summary>
    public SunSpecChain Resize(ushort id, int length, bool declared)
    {
        for (var i = 0; i < models.Count; i++)
        {
            if (models[i][0] != id) continue;
            var model = models[i];
            Array.Resize(ref model, length + 2);
            if (declared) model[1] = (ushort)length;
            models[i] = model;
        }

        return this;
    }

    /// <summary>Puts models before the one with an index.</summary>
    public SunSpecChain Insert(int index, params IEnumerable<ushort[]> added)
    {
        models.InsertRange(index, added);
        return this;
    }

    /// <summary>Lays the chain out.</summary>
    /// <param name="at">Address of the marker; its own when null.</param>
    /// <param name="end">What follows the last model: the end model unless told.</param>
    public DeviceRegisters LayOut(int? at = null, params ReadOnlySpan<ushort> end)
    {
        var map = new DeviceRegisters();
        var next = at ?? baseAddress;
        Put(map, ref next, [0x5375, 0x6E53]);
        foreach (var model in models) Put(map, ref next, model);
        Put(map, ref next, end);
        return map;
    }

    /// <summary>Lays the chain out with the end that the specification asks for.</summary>
    public DeviceRegisters LayOutWithEnd(int? at = null) => LayOut(at, 0xFFFF, 0);

    private static void Put(DeviceRegisters map, ref int next, ReadOnlySpan<ushort> words)
    {
        foreach (var word in words)
        {
            if (next > 0xFFFF) return;
            map.Define((ushort)next++, word);
        }
    }
}
