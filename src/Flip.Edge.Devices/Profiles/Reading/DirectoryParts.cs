using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Registers;
using Flip.Edge.Devices.SunSpec;
using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.Profiles.Reading;

/// <summary>
/// Batteries that answer at unit ids of their own, which a model of the main unit lists, each with a SunSpec map that is walked as always.
/// </summary>
internal sealed class DirectoryParts(Func<byte, RegisterReader> readerOf, byte unit, SunSpecDirectory directory, ReadingBudget budget, TimeProvider time)
{
    private const int MostEntries = 64;

    /// <summary>The parts, and what a person should know of the units that are listed.</summary>
    public async Task<(IReadOnlyList<BatteryPart> Parts, IReadOnlyList<NameplateWarning> Warnings)> ReadAsync(SunSpecMap map, CancellationToken cancellationToken)
    {
        List<BatteryPart> parts = [];
        List<NameplateWarning> warnings = [];
        foreach (byte listed in await UnitsAsync(map, warnings, cancellationToken).ConfigureAwait(false))
        {
            try
            {
                SunSpecMap own = await SunSpecNameplateReader.WalkAsync(readerOf(listed), budget, map.Ignored, cancellationToken).ConfigureAwait(false);
                Nameplate nameplate = SunSpecNameplate.Of(own, time.GetUtcNow());
                if (IsBattery(nameplate.Model)) parts.Add(BatteryPart.OfSunSpec(listed, nameplate));
            }
            catch (Exception absent) when (absent is ModbusTimeoutException or ModbusDeviceException or DeviceNotReadableException)
            {
                // It may be a battery: without its energy the sum would be wrong, and nobody would know.
                Ask(warnings, $"unit {listed}, which the device lists, can't be read: {absent.Message}; if it is a battery");
            }
        }

        return (parts, warnings);
    }

    private bool IsBattery(NameplateField<string> model) =>
        model is { IsPresent: true, Value: { } name } && directory.PartModels.Any(start => name.StartsWith(start, StringComparison.OrdinalIgnoreCase));

    // Energy and both powers are sums: one that a person typed says nothing of the others.
    private static void Ask(List<NameplateWarning> warnings, string sentence)
    {
        foreach (string name in (string[])[nameof(NameplateOverrides.CapacityWh), nameof(NameplateOverrides.MaxChargeW), nameof(NameplateOverrides.MaxDischargeW)])
        {
            warnings.Add(new("map", $"{sentence}, type that of all of them as Overrides:{name}", true, name));
        }
    }

    private async Task<IReadOnlyList<byte>> UnitsAsync(SunSpecMap map, List<NameplateWarning> warnings, CancellationToken cancellationToken)
    {
        if (map.Of(directory.Model).FirstOrDefault() is not { } model || !model.Has(directory.Count, 1)) return [];
        RegisterReader reader = readerOf(unit);
        ushort[]? count = (await reader.ReadDeclaredAsync(model.Address + directory.Count, 1, cancellationToken).ConfigureAwait(false)).Words;
        if (count is null)
        {
            Ask(warnings, $"the list of the device's parts in SunSpec model {directory.Model} can't be read; if it has several batteries");
            return [];
        }

        List<byte> units = [];
        for (int entry = 0; entry < Math.Min(count[0], (ushort)MostEntries); entry++)
        {
            int offset = directory.First + (entry * directory.EntryLength) + directory.UnitOffset;
            if (!model.Has(offset, 1)) break;
            ushort[]? listed = (await reader.ReadDeclaredAsync(model.Address + offset, 1, cancellationToken).ConfigureAwait(false)).Words;
            if (listed is null) Ask(warnings, $"entry {entry + 1} of the list of the device's parts in SunSpec model {directory.Model} can't be read; if it is a battery");
            if (listed is [>= 1 and <= 247 and var id] && id != unit && !units.Contains((byte)id)) units.Add((byte)id);
        }

        return units;
    }
}
