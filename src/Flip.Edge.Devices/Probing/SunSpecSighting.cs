using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Registers;
using Flip.Edge.Devices.SunSpec;
using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.Probing;

/// <summary>What a SunSpec map says it is, before its nameplate is read.</summary>
/// <param name="BaseAddress">Where it begins.</param>
/// <param name="Manufacturer">Model 1 Mn, or null.</param>
/// <param name="Model">Model 1 Md, or null.</param>
/// <param name="SerialNumber">Model 1 SN, or null.</param>
/// <param name="Models">Ids of its models, in their order.</param>
public sealed record SunSpecSighting(int BaseAddress, string? Manufacturer, string? Model, string? SerialNumber, IReadOnlyList<ushort> Models)
{
    /// <summary>What sort of device has these models.</summary>
    public DeviceKind Kind => DeviceKinds.Of(Models);

    /// <summary>For people.</summary>
    public override string ToString() =>
        $"a SunSpec map at {BaseAddress} of \"{Manufacturer}\" \"{Model}\" with the models {string.Join(", ", Models)}";

    /// <summary>Looks for a map and walks it once, or over its first models.</summary>
    /// <exception cref="DeviceNotReadableException">The unit answers, and has none.</exception>
    /// <exception cref="ModbusException">The unit is silent or absent, or there is no connection.</exception>
    internal static async Task<SunSpecSighting> LookAsync(
        IModbusClient client, byte unit, TimeProvider time, CancellationToken cancellationToken, int models = SunSpecWalker.MostModels)
    {
        RegisterReader reader = new(client, unit, time);
        SunSpecMap map = await SunSpecDiscovery.FindAsync(reader, cancellationToken).ConfigureAwait(false);
        try
        {
            await new SunSpecWalker(reader, map, new(client, unit, time)).WalkAsync(models, cancellationToken).ConfigureAwait(false);
        }
        catch (ModbusException) when (map.Models.Count > 0)
        {
            // What was seen is enough to know it by; the reading walks again, and fails with its own sentence if this lasts.
        }

        return new(
            map.BaseAddress, Text(map, SunSpecPoints.Manufacturer), Text(map, SunSpecPoints.Model), Text(map, SunSpecPoints.Serial),
            [.. map.Models.Select(model => model.Id)]);
    }

    private static string? Text(SunSpecMap map, SunSpecText text)
    {
        if (map.Of(1).FirstOrDefault() is not { } common) return null;
        NameplateField<string> field = SunSpecDecoder.Text(map, common, text);
        return field.IsPresent ? field.Value : null;
    }
}
