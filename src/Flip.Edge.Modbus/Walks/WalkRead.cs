namespace Flip.Edge.Modbus;

/// <summary>One read of a walk, and what the device answered.</summary>
/// <param name="Unit">Unit id asked.</param>
/// <param name="Function">3 (holding) or 4 (input).</param>
/// <param name="Address">First register, 0-based.</param>
/// <param name="Count">Registers asked for.</param>
/// <param name="Words">What came; null when nothing did.</param>
/// <param name="Refusal">The exception that came instead, or <see cref="IRegisterBank.NoReply"/> for silence; null when registers came.</param>
public sealed record WalkRead(byte Unit, byte Function, ushort Address, ushort Count, ushort[]? Words, ModbusExceptionCode? Refusal);
