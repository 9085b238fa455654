using Flip.Edge.Devices.Registers;
using Flip.Edge.Devices.SunSpec;
using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.Profiles.Reading;

/// <summary>What one pass over a device brought: registers, and what came in place of some.</summary>
internal sealed class PassRegisters
{
    private readonly Dictionary<(byte Unit, int Function), RegisterBlocks> _blocks = [];
    private readonly Dictionary<(byte Unit, int Function, int Address, int Count), (ModbusException? Failure, bool IsExpected)> _absent = [];
    private readonly Dictionary<string, ModbusException> _missing = [];
    private readonly HashSet<string> _begun = new(StringComparer.Ordinal);

    /// <summary>True where the first value that is not there says enough: nothing is read after it.</summary>
    public bool EndsAtAbsence { get; init; }

    /// <summary>True when something was read, and all of it was 0.</summary>
    public bool IsAllZero { get; private set; } = true;

    /// <summary>The reads that told something: registers, or that one value is not there. The second pass asks the same.</summary>
    public List<PlannedRead> Settled { get; } = [];

    /// <summary>True when nothing at all was read.</summary>
    public bool IsEmpty { get; private set; } = true;

    /// <summary>Carries out reads. One that is refused is asked again without its gaps, and then value by value, to learn which is not there.</summary>
    public async Task ReadAsync(IEnumerable<PlannedRead> plan, IRegisterSource source, int mostRegisters, CancellationToken cancellationToken)
    {
        foreach (PlannedRead read in plan)
        {
            if (EndsAtAbsence && _absent.Count > 0) return;

            // A block whose first value is not there is not asked for the rest: each question may cost a time-out.
            if (read.Wanted[0].Block is { } block && _missing.TryGetValue(block, out ModbusException? why))
            {
                Lack(read, why);
                continue;
            }

            ModbusException? failure = await ReadAsync(read, source, mostRegisters, cancellationToken).ConfigureAwait(false);
            if (failure is null && Has(read))
            {
                Settled.Add(read);
                if (read.Wanted[0].Block is { } there) _begun.Add(there);
                continue;
            }

            // A gateway's answer, and the silence of a block, hold for all of it.
            IReadOnlyList<PlannedRead> parts = read.Parts();
            bool isWhole = failure is not null && (Refusal.IsOfGateway(failure) || (failure is ModbusTimeoutException && read.MayBeMissing));
            if (parts.Count > 1 && !isWhole)
            {
                await ReadAsync(parts, source, mostRegisters, cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (failure is not null && read.Wanted[0].Block is { } first && !_begun.Contains(first)) _missing[first] = failure;
            Lack(read, failure);
        }
    }

    /// <summary>Takes over what was read otherwise: it is not asked for again.</summary>
    public void Know(byte unit, RegisterBlocks read)
    {
        RegisterBlocks own = _blocks[(unit, 3)] = new();
        foreach (RegisterBlock block in read.All) own.Add(block.Address, block.Words);
    }

    /// <summary>The registers of one value, all from one read.</summary>
    public ushort[]? Find(byte unit, int function, int address, int count) =>
        _blocks.TryGetValue((unit, function), out RegisterBlocks? blocks) && blocks.Covering(address, count) is { } block
            ? block.Words.AsSpan(address - block.Address, count).ToArray()
            : null;

    /// <summary>What came in place of a value's registers, and whether the profile says that they may be missing.</summary>
    public (ModbusException? Failure, bool IsExpected)? Absent(byte unit, int function, int address, int count) =>
        _absent.TryGetValue((unit, function, address, count), out (ModbusException?, bool) absent) ? absent : null;

    private void Lack(PlannedRead read, ModbusException? failure)
    {
        Settled.Add(read);
        foreach (WantedRegisters part in read.Wanted) _absent[(part.Unit, part.Function, part.Address, part.Count)] = (failure, part.Block is not null || part.IsOptional);
    }

    private bool Has(PlannedRead read) => Find(read.Unit, read.Function, read.Address, read.Count) is not null;

    // Only a text can be longer than what is read at once: its parts come from several responses, and the second reading has to agree.
    private async Task<ModbusException?> ReadAsync(PlannedRead read, IRegisterSource source, int mostRegisters, CancellationToken cancellationToken)
    {
        List<ushort> all = [];
        for (int done = 0; done < read.Count; done += mostRegisters)
        {
            PlannedRead next = read with { Address = read.Address + done, Count = Math.Min(mostRegisters, read.Count - done) };
            (ushort[]? words, ModbusException? failure) = await source.ReadAsync(next, cancellationToken).ConfigureAwait(false);
            if (words is null) return failure;
            all.AddRange(words);
        }

        if (!_blocks.TryGetValue((read.Unit, read.Function), out RegisterBlocks? blocks)) _blocks[(read.Unit, read.Function)] = blocks = new();
        blocks.Add(read.Address, [.. all]);
        IsEmpty = false;
        IsAllZero &= all.TrueForAll(word => word == 0);
        return null;
    }
}
