namespace Flip.Edge.Modbus;

/// <summary>
/// Answers as the device of a walk did. A read that was refused or not answered is again; a read of registers that are known is answered with
/// them, in whatever blocks they are asked for; what is not known gets what the device said elsewhere of registers that it has not.
/// </summary>
public sealed class WalkBank : IRegisterBank
{
    private readonly Dictionary<(byte Unit, byte Function), Dictionary<ushort, ushort>> _words = [];
    private readonly Dictionary<(byte Unit, byte Function, ushort Address, int Count), ModbusExceptionCode> _refusals = [];
    private readonly Dictionary<(byte Unit, byte Function), ModbusExceptionCode> _elsewhere = [];
    private readonly ModbusExceptionCode _unknownUnit;

    /// <param name="walk">What to answer with.</param>
    public WalkBank(RegisterWalk walk)
    {
        ArgumentNullException.ThrowIfNull(walk);
        foreach (WalkRead read in walk.Reads) Learn(read);
        Units = [.. _words.Keys.Select(key => key.Unit).Distinct().Order()];
        // On a serial line nobody answers for a unit that is not there; a gateway does.
        _unknownUnit = walk.Endpoint.StartsWith("tcp://", StringComparison.Ordinal) ? ModbusExceptionCode.GatewayTargetNoResponse : IRegisterBank.NoReply;
    }

    /// <summary>The unit ids that answered with registers, ascending; empty when none did.</summary>
    public IReadOnlyList<byte> Units { get; }

    /// <inheritdoc/>
    public ModbusExceptionCode? Read(byte unit, byte function, ushort address, Span<ushort> destination)
    {
        if (_refusals.TryGetValue((unit, function, address, destination.Length), out ModbusExceptionCode refusal)) return refusal;
        bool isKnown = _words.TryGetValue((unit, function), out Dictionary<ushort, ushort>? words);
        for (int i = 0; isKnown && i < destination.Length; i++) isKnown = words!.TryGetValue((ushort)(address + i), out destination[i]);
        return isKnown ? null : Elsewhere(unit, function);
    }

    /// <summary>Refuses: a walk says nothing of what may be written.</summary>
    public ModbusExceptionCode? Write(byte unit, ushort address, ReadOnlySpan<ushort> values) => ModbusExceptionCode.IllegalFunction;

    private void Learn(WalkRead read)
    {
        (byte Unit, byte Function, ushort Address, int Count) asked = (read.Unit, read.Function, read.Address, read.Count);
        if (read.Words is { } came)
        {
            _refusals.Remove(asked);
            if (!_words.TryGetValue((read.Unit, read.Function), out Dictionary<ushort, ushort>? words)) _words[(read.Unit, read.Function)] = words = [];
            for (int i = 0; i < came.Length; i++) words[(ushort)(read.Address + i)] = came[i];
            return;
        }

        ModbusExceptionCode refusal = read.Refusal ?? ModbusExceptionCode.IllegalDataAddress;
        _refusals[asked] = refusal;
        // "Busy" and "later" say nothing of what there is; and one silence is an accident where the device refuses otherwise.
        bool isAccident = refusal == IRegisterBank.NoReply && _elsewhere.ContainsKey((read.Unit, read.Function));
        if (refusal is ModbusExceptionCode.DeviceBusy or ModbusExceptionCode.Acknowledge || isAccident) return;
        _elsewhere[(read.Unit, read.Function)] = refusal;
    }

    private ModbusExceptionCode Elsewhere(byte unit, byte function) =>
        _elsewhere.TryGetValue((unit, function), out ModbusExceptionCode told) ? told
        : Units.Contains(unit) ? ModbusExceptionCode.IllegalDataAddress : _unknownUnit;
}
