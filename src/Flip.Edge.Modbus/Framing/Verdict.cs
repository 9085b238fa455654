namespace Flip.Edge.Modbus;

internal enum VerdictKind
{
    /// <summary>The answer is not there yet.</summary>
    Wait,

    /// <summary>The answer came and was taken.</summary>
    Answered,

    /// <summary>The device answered with an exception.</summary>
    Refused,

    /// <summary>The answer came and is broken.</summary>
    Broken,
}

/// <summary>What a framer makes of the bytes so far.</summary>
internal readonly record struct Verdict(VerdictKind Kind, ModbusExceptionCode Code = 0, string? Why = null)
{
    public static Verdict Wait => default;

    public static Verdict Broken(string why) => new(VerdictKind.Broken, Why: why);

    /// <summary>Judges the PDU of a reply that is of the right unit and function.</summary>
    public static Verdict On(in ModbusCall call, ReadOnlySpan<byte> pdu)
    {
        if ((pdu[0] & Pdu.ExceptionBit) != 0)
        {
            return pdu.Length == 2 ? new(VerdictKind.Refused, (ModbusExceptionCode)pdu[1]) : Broken($"an exception reply of {pdu.Length} bytes");
        }

        string? wrong = call.Take(pdu);
        return wrong is null ? new(VerdictKind.Answered) : Broken(wrong);
    }
}
