namespace Flip.Edge.Simulator.Devices.Families;

/// <summary>What the families that speak SunSpec have in common: maps of their own makers behind unit ids, and models to step over.</summary>
internal static class SunSpecTables
{
    /// <summary>Puts a map behind a unit id, beside whatever is there.</summary>
    public static DeviceTables With(this DeviceTables tables, byte unit, DeviceRegisters map)
    {
        var holding = tables.Holding(unit);
        foreach (var address in map.Addresses) holding.Define(address, map[address]);
        return tables;
    }

    /// <summary>The common model as most inverters lay it out: without the pad, so that L is 65.</summary>
    public static SunSpecModel ShortCommon(string manufacturer, string model, string version, string serial) =>
        new SunSpecModel(CommonLayouts.Common)
            .With("Mn", manufacturer).With("Md", model).With("Vr", version).With("SN", serial).With(("DA", 1)).CutTo(65);

    /// <summary>The common model with its pad, L = 66.</summary>
    public static SunSpecModel Common(string manufacturer, string model, string version, string serial) =>
        new SunSpecModel(CommonLayouts.Common)
            .With("Mn", manufacturer).With("Md", model).With("Vr", version).With("SN", serial).With(("DA", 1));

    /// <summary>A model that a nameplate does not need; every register holds 0xFFFF.</summary>
    public static SunSpecModel Opaque(ushort id, int length) => new(SunSpecLayout.Opaque(id, length));
}
