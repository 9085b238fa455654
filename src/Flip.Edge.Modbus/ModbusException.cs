namespace Flip.Edge.Modbus;

/// <summary>A Modbus request that did not get its answer. The message names endpoint, unit, function, address and count.</summary>
public abstract class ModbusException : Exception
{
    private protected ModbusException(ModbusRequestInfo request, string what, Exception? innerException = null)
        : base($"{request}: {what}", innerException) => Request = request;

    /// <summary>The request that failed.</summary>
    public ModbusRequestInfo Request { get; }
}

/// <summary>What was asked of whom, for messages and logs.</summary>
/// <param name="Endpoint">Canonical text of the endpoint.</param>
/// <param name="Unit">Unit id.</param>
/// <param name="Function">Function code.</param>
/// <param name="Address">First register, 0-based.</param>
/// <param name="Count">Number of registers.</param>
public readonly record struct ModbusRequestInfo(string Endpoint, byte Unit, byte Function, ushort Address, ushort Count)
{
    private string Registers => Count == 1 ? "register" : "registers";

    /// <summary>For example <c>tcp://192.168.1.50:502 unit 1, read 2 holding registers at 40000</c>.</summary>
    public override string ToString() => Function switch
    {
        3 => $"{Endpoint} unit {Unit}, read {Count} holding {Registers} at {Address}",
        4 => $"{Endpoint} unit {Unit}, read {Count} input {Registers} at {Address}",
        6 => $"{Endpoint} unit {Unit}, write holding register {Address}",
        16 => $"{Endpoint} unit {Unit}, write {Count} holding {Registers} at {Address}",
        _ => $"{Endpoint} unit {Unit}, function {Function} at {Address}, count {Count}",
    };
}
