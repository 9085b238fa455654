using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.Registers;

/// <summary>One request of a reading, and what came of it.</summary>
/// <param name="Unit">Unit id asked.</param>
/// <param name="Function">3 holding, 4 input.</param>
/// <param name="Address">First register, 0-based.</param>
/// <param name="Count">Registers asked for.</param>
/// <param name="Failure">Null when the registers came; else what came instead.</param>
public sealed record ReadTransaction(byte Unit, int Function, int Address, int Count, ModbusException? Failure);
