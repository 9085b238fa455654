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

    private readonly Dictionary<(byte Unit, byte Function, ushort Address, int Count), List<string>> _answers = [];

    public int Requests { get; private set; }

    /// <summary>Whether the device gave the same false answer to a question each of the last two times that it was asked.</summary>
    public bool SaidFalselyTwice => _answers.Any(asked => asked.Value is [.., var first, var second] && first == second && second != Truth(asked.Key));

    public ModbusExceptionCode? Read(byte unit, byte function, ushort address, Span<ushort> destination)
    {
        Requests++;
        ModbusExceptionCode? answer = hostile.Read(unit, function, address, destination);
        time.Pass(answer == IRegisterBank.NoReply ? ResponseTimeout : Reply);
        (byte, byte, ushort, int) asked = (unit, function, address, destination.Length);
        if (!_answers.TryGetValue(asked, out List<string>? answers)) _answers[asked] = answers = [];
        answers.Add(Text(answer, destination));
        return answer;
    }

    public ModbusExceptionCode? Write(byte unit, ushort address, ReadOnlySpan<ushort> values) => throw new InvalidOperationException("reading never writes");

    private string Truth((byte Unit, byte Function, ushort Address, int Count) asked)
    {
        ushort[] words = new ushort[asked.Count];
        return Text(honest.Read(asked.Unit, asked.Function, asked.Address, words), words);
    }

    private static string Text(ModbusExceptionCode? answer, ReadOnlySpan<ushort> words) =>
        answer is { } code ? $"exception {code}" : string.Join(' ', words.ToArray());
}
