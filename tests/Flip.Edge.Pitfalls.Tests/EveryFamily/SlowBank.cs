using Flip.Edge.Modbus;
using Flip.Edge.Pitfalls.Support;

namespace Flip.Edge.Pitfalls.EveryFamily;

/// <summary>
/// Lets time pass with each request, as a wire does, and keeps the answers, to know afterwards what the device said falsely and how often.
/// </summary>
/// <param name="hostile">What answers.</param>
/// <param name="honest">What would have been true.</param>
/// <param name="time">The clock.</param>
internal sealed class SlowBank(IRegisterBank hostile, IRegisterBank honest, PassingTime time) : IRegisterBank
{
    private static readonly TimeSpan Reply = TimeSpan.FromMilliseconds(20), ResponseTimeout = TimeSpan.FromSeconds(1);

    private readonly List<Answer> _answers = [];

    public int Requests => _answers.Count;

    /// <summary>Whether the device said something false of some registers, and the same when it was asked for them the time before.</summary>
    public bool SaidFalselyTwice => _answers.Index().Any(later =>
        _answers.Take(later.Index).LastOrDefault(earlier => later.Item.IsFalseOf(earlier)) is { } before && later.Item.IsAlike(before));

    public ModbusExceptionCode? Read(byte unit, byte function, ushort address, Span<ushort> destination)
    {
        ModbusExceptionCode? answer = hostile.Read(unit, function, address, destination);
        time.Pass(answer == IRegisterBank.NoReply ? ResponseTimeout : Reply);
        ushort[] truth = new ushort[destination.Length];
        ModbusExceptionCode? honestly = honest.Read(unit, function, address, truth);
        _answers.Add(new(unit, function, address, Words(answer, destination), Words(honestly, truth)));
        return answer;
    }

    public ModbusExceptionCode? Write(byte unit, ushort address, ReadOnlySpan<ushort> values) => throw new InvalidOperationException("reading never writes");

    // What came instead of registers counts as one for each: a number that no register has.
    private static int[] Words(ModbusExceptionCode? refused, ReadOnlySpan<ushort> words)
    {
        int[] said = new int[words.Length];
        for (int i = 0; i < words.Length; i++) said[i] = refused is { } code ? -1 - (int)code : words[i];
        return said;
    }

    private sealed record Answer(byte Unit, byte Function, int Address, int[] Said, int[] True)
    {
        private int End => Address + Said.Length;

        /// <summary>Whether it is about some of the same registers, and false of one of them.</summary>
        public bool IsFalseOf(Answer other)
        {
            if ((Unit, Function) != (other.Unit, other.Function) || Address >= other.End || other.Address >= End) return false;
            (int from, int count) = Overlap(other);
            return !Said.AsSpan(from - Address, count).SequenceEqual(True.AsSpan(from - Address, count));
        }

        /// <summary>The same of all registers that both are about.</summary>
        public bool IsAlike(Answer other)
        {
            (int from, int count) = Overlap(other);
            return Said.AsSpan(from - Address, count).SequenceEqual(other.Said.AsSpan(from - other.Address, count));
        }

        private (int From, int Count) Overlap(Answer other)
        {
            int from = Math.Max(Address, other.Address);
            return (from, Math.Min(End, other.End) - from);
        }
    }
}
