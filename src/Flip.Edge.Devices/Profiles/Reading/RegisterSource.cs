using Flip.Edge.Devices.Registers;
using Flip.Edge.Devices.SunSpec;
using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.Profiles.Reading;

/// <summary>Where the registers of one pass come from.</summary>
internal interface IRegisterSource
{
    /// <summary>The registers of a read; or null, and what came instead.</summary>
    /// <exception cref="ModbusException">It is the reading that failed, and not a value that is missing.</exception>
    public Task<(ushort[]? Words, ModbusException? Failure)> ReadAsync(PlannedRead read, CancellationToken cancellationToken);
}

/// <summary>For an anchor: asked once, and remembered.</summary>
internal sealed class RememberedSource(AnchorReads reads, TimeProvider time) : IRegisterSource
{
    /// <summary>The first silence that was met; nothing more is asked then, for one time-out says as much as ten.</summary>
    public ModbusException? Silence { get; private set; }

    /// <summary>True when anything came back that a device sends.</summary>
    public bool Answered { get; private set; }

    public async Task<(ushort[]? Words, ModbusException? Failure)> ReadAsync(PlannedRead read, CancellationToken cancellationToken)
    {
        if (Silence is not null && !Answered) return (null, Silence);
        (ushort[]? words, ModbusException? failure) =
            await reads.ReadAsync(read.Unit, read.Function, read.Address, read.Count, time, cancellationToken).ConfigureAwait(false);
        if (failure is ModbusTimeoutException) Silence ??= failure;
        Answered |= words is not null || (failure is ModbusDeviceException && !Refusal.IsOfGateway(failure));
        return (words, failure);
    }
}

/// <summary>
/// For a nameplate: faults and silence are tried again, and then fail the reading; except where a profile says that its devices are silent
/// in place of a refusal, and for other units of the same device, which may not be there.
/// </summary>
internal sealed class PatientSource(
    IModbusClient client, TimeProvider time, ICollection<ReadTransaction> journal, ReadingBudget budget) : IRegisterSource
{
    /// <summary>What is asked of this unit has to be answered in some way.</summary>
    public required byte Unit { get; init; }

    /// <summary>Silence means "not there" but for the anchor.</summary>
    public bool IsSilentInstead { get; init; }

    /// <summary>Whether a read proves the device: then silence is no refusal.</summary>
    public required Func<PlannedRead, bool> IsEssential { get; init; }

    public async Task<(ushort[]? Words, ModbusException? Failure)> ReadAsync(PlannedRead read, CancellationToken cancellationToken)
    {
        budget.Check();
        RegisterReader reader = new(client, read.Unit, time, read.Function, journal);
        bool once = read.Unit != Unit || (IsSilentInstead && !IsEssential(read));
        try
        {
            if (!once) return await reader.ReadDeclaredAsync(read.Address, read.Count, cancellationToken).ConfigureAwait(false);
            (ushort[]? words, ModbusException? absent) = await reader.TryReadAsync(read.Address, read.Count, cancellationToken).ConfigureAwait(false);
            if (read.Unit != Unit) return (words, absent);

            // A lost reply sounds like a block that isn't there, and a battery too few is a number that nobody doubts: it is asked for twice.
            // A fault of the device says nothing of the kind at all.
            return absent switch
            {
                ModbusTimeoutException => await reader.TryReadAsync(read.Address, read.Count, cancellationToken).ConfigureAwait(false),
                ModbusDeviceException { Code: ModbusExceptionCode.DeviceFailure } => await reader.ReadDeclaredAsync(read.Address, read.Count, cancellationToken).ConfigureAwait(false),
                _ => (words, absent),
            };
        }
        catch (ModbusDeviceException absent) when (read.Unit != Unit && Refusal.IsOfGateway(absent))
        {
            return (null, absent);
        }
    }
}
