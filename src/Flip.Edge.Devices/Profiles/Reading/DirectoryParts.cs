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

    // The batteries of the first pass, whose registers the second reads again, and the others, of which it reads again what they are.
    private readonly Dictionary<byte, SunSpecMap> _known = [];
    private readonly Dictionary<byte, SunSpecMap> _others = [];
    private IReadOnlyList<byte>? _listed;

    /// <summary>What was wanted at the units that are listed, for the explanation.</summary>
    public List<WantedRegisters> Wanted { get; } = [];

    /// <summary>The parts, and what a person should know of the units that are listed.</summary>
    public async Task<(IReadOnlyList<BatteryPart> Parts, IReadOnlyList<NameplateWarning> Warnings)> ReadAsync(SunSpecMap map, CancellationToken cancellationToken)
    {
        List<BatteryPart> parts = [];
        List<NameplateWarning> warnings = [];
        IReadOnlyList<byte> units = await UnitsAsync(map, warnings, cancellationToken).ConfigureAwait(false);
        if (_listed is { } before && !before.SequenceEqual(units))
        {
            Ask(warnings, $"the device lists other parts than a moment ago: the units {string.Join(", ", before)}, then {string.Join(", ", units)}; if some are batteries");
        }

        _listed = units;
        foreach (byte listed in units)
        {
            try
            {
                if (await WalkAsync(listed, map.Family, cancellationToken).ConfigureAwait(false) is not { } own) continue;
                parts.Add(BatteryPart.OfSunSpec(listed, SunSpecNameplate.Of(own, time.GetUtcNow())));
            }
            catch (Exception absent) when (absent is ModbusTimeoutException or ModbusDeviceException or DeviceNotReadableException)
            {
                // It may be a battery: without its energy the sum would be wrong, and nobody would know.
                Ask(warnings, $"unit {listed}, which the device lists, can't be read: {absent.Message}; if it is a battery");
            }
        }

        return (parts, warnings);
    }

    private async Task<SunSpecMap?> WalkAsync(byte listed, SunSpecFamily family, CancellationToken cancellationToken)
    {
        RegisterReader reader = readerOf(listed);
        if (_others.TryGetValue(listed, out SunSpecMap? other))
        {
            // One damaged name would leave a battery out of both readings.
            if (IsSameAsBefore(other, await SunSpecPass.AgainAsync(reader, other, budget, cancellationToken).ConfigureAwait(false))) return null;
            _others.Remove(listed);
        }

        if (_known.TryGetValue(listed, out SunSpecMap? known)) return await SunSpecPass.AgainAsync(reader, known, budget, cancellationToken).ConfigureAwait(false);

        SunSpecMap own = await SunSpecDiscovery.FindAsync(reader, cancellationToken).ConfigureAwait(false);
        await new SunSpecWalker(reader, own, budget).WalkAsync(1, cancellationToken).ConfigureAwait(false);
        NameplateField<string> model = SunSpecNameplate.Of(own, time.GetUtcNow()).Model;
        if (model.State == FieldState.Invalid) throw new DeviceNotReadableException($"what it is can't be read: {model.Reason}");
        bool isBattery = IsBattery(model);
        if (isBattery)
        {
            // What was read of the first model is in the map already.
            own.Models.Clear();
            own.Family = family with { LastWanted = SunSpecFamily.Any.LastWanted };
            await SunSpecPass.FollowAsync(reader, own, budget, cancellationToken).ConfigureAwait(false);
            _known[listed] = own;
        }
        else
        {
            _others[listed] = own;
        }

        Wanted.AddRange(SunSpecHoldings.Of(own, listed));
        return isBattery ? own : null;
    }

    private bool IsSameAsBefore(SunSpecMap before, SunSpecMap now) =>
        SunSpecNameplate.Of(before, time.GetUtcNow()).Model.Agrees(SunSpecNameplate.Of(now, time.GetUtcNow()).Model);

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
        WantedRegisters count = new("number of parts", unit, 3, model.Address + directory.Count, 1);
        if ((await reader.ReadDeclaredAsync(count.Address, 1, cancellationToken).ConfigureAwait(false)).Words is not [var entries])
        {
            Ask(warnings, $"the list of the device's parts in SunSpec model {directory.Model} can't be read; if it has several batteries");
            return [];
        }

        WantedRegisters[] ids =
        [
            .. Enumerable.Range(0, Math.Min((int)entries, MostEntries)).Select(entry => directory.First + (entry * directory.EntryLength) + directory.UnitOffset)
                .Where(offset => model.Has(offset, 1)).Select((offset, i) => new WantedRegisters($"unit id of part {i + 1}", unit, 3, model.Address + offset, 1)),
        ];
        if (Wanted.Count == 0) Wanted.AddRange([count, .. ids]);
        int most = reader.Client.Options.RegistersPerRead;
        PassRegisters registers = new();
        await registers.ReadAsync(ReadPlan.Of(ids, reader.Cost, most), new SourceOf(reader), most, cancellationToken).ConfigureAwait(false);
        List<byte> units = [];
        for (int entry = 0; entry < ids.Length; entry++)
        {
            ushort[]? listed = registers.Find(unit, 3, ids[entry].Address, 1);
            if (listed is null) Ask(warnings, $"entry {entry + 1} of the list of the device's parts in SunSpec model {directory.Model} can't be read; if it is a battery");
            if (listed is [>= 1 and <= 247 and var id] && id != unit && !units.Contains((byte)id)) units.Add((byte)id);
        }

        return units;
    }

    private sealed class SourceOf(RegisterReader reader) : IRegisterSource
    {
        public Task<(ushort[]? Words, ModbusException? Failure)> ReadAsync(PlannedRead read, CancellationToken cancellationToken) =>
            reader.ReadDeclaredAsync(read.Address, read.Count, cancellationToken);
    }
}
