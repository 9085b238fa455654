using Flip.Edge.Devices.Registers;
using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.SunSpec;

/// <summary>Finds the marker "SunS" at 40000, 50000 or 0, or one register beside them.</summary>
internal static class SunSpecDiscovery
{
    /// <summary>The map's base, with the opening registers already read where the device allowed it.</summary>
    /// <exception cref="DeviceNotReadableException">It answers, but has no marker anywhere.</exception>
    /// <exception cref="ModbusException">It does not answer at all.</exception>
    public static Task<SunSpecMap> FindAsync(RegisterReader reader, CancellationToken cancellationToken) => FindAsync(reader, null, cancellationToken);

    /// <summary>The same where it may be known where the map begins: that is asked first.</summary>
    public static async Task<SunSpecMap> FindAsync(RegisterReader reader, int? likely, CancellationToken cancellationToken)
    {
        if (reader.Client.Options.RegistersPerRead < 2)
        {
            throw new DeviceNotReadableException($"{reader.Client.Endpoint.Bus} unit {reader.Unit} can't be read one register at a time: SunSpec's marker is two");
        }

        bool answered = false, zeros = false, onlyZeros = true;
        ModbusException? silence = null;
        foreach (ushort candidate in likely is { } first ? SunSpecBases.Standard.Prepend((ushort)first).Distinct() : SunSpecBases.Standard)
        {
            (ushort[]? words, ModbusException? absent) = await OpenAsync(reader, candidate, cancellationToken).ConfigureAwait(false);
            if (words is not null && FoundIn(words, candidate) is { } map) return map;
            answered |= words is not null || absent is ModbusDeviceException;
            silence ??= absent;
            onlyZeros &= words is null || !words.AsSpan().ContainsAnyExcept((ushort)0);
            zeros |= words is not null;
        }

        // A unit that was silent three times is not there; five more time-outs would tell nothing new.
        if (!answered && silence is not null) throw silence;

        foreach (ushort candidate in SunSpecBases.Neighbours)
        {
            (ushort[]? words, _) = await reader.TryReadAsync(candidate, 2, cancellationToken).ConfigureAwait(false);
            if (words is not null && IsMarker(words, 0)) return Found(candidate, candidate, words);
            onlyZeros &= words is null || !words.AsSpan().ContainsAnyExcept((ushort)0);
        }

        if (zeros && onlyZeros)
        {
            throw new DeviceNotReadableException(
                $"{reader.Client.Endpoint.Bus} unit {reader.Unit} answers with nothing but zeros: it is asleep or starting, and is waited for")
            {
                IsAsleep = true,
            };
        }

        throw new DeviceNotReadableException(
            $"{reader.Client.Endpoint.Bus} unit {reader.Unit} answers, but is no SunSpec device: the marker \"SunS\" is not at 40000, 50000, 0 "
            + "or next to them; switch SunSpec on in the inverter's menu, check the unit id, or choose a profile for this device");
    }

    private static async Task<(ushort[]? Words, ModbusException? Absent)> OpenAsync(
        RegisterReader reader, ushort candidate, CancellationToken cancellationToken)
    {
        int opening = Math.Min(SunSpecPlan.OpeningRegisters, reader.Client.Options.RegistersPerRead);
        (ushort[]? words, ModbusException? absent) = await reader.TryReadAsync(candidate, opening, cancellationToken).ConfigureAwait(false);
        // It may only refuse to read past a model's end. Silence is asked about once, at the first address: dongles swallow the first
        // request after a connection, and gateways answer it late.
        bool once = absent is ModbusDeviceException || (absent is ModbusTimeoutException && candidate == SunSpecBases.Standard[0]);
        return words is null && once ? await reader.TryReadAsync(candidate, 2, cancellationToken).ConfigureAwait(false) : (words, absent);
    }

    private static SunSpecMap? FoundIn(ushort[] words, ushort candidate)
    {
        for (int shift = 0; shift <= 1; shift++)
        {
            if (IsMarker(words, shift)) return Found((ushort)(candidate + shift), candidate, words);
        }

        return null;
    }

    private static SunSpecMap Found(ushort baseAddress, ushort readAt, ushort[] words)
    {
        SunSpecMap map = new(baseAddress);
        map.Blocks.Add(readAt, words);
        if (!SunSpecBases.Standard.Contains(baseAddress))
        {
            map.Oddities.Add($"the map begins at {baseAddress}, one register beside the standard address");
        }

        return map;
    }

    private static bool IsMarker(ushort[] words, int at) =>
        words.Length >= at + 2 && words[at] == SunSpecBases.MarkerHigh && words[at + 1] == SunSpecBases.MarkerLow;
}
