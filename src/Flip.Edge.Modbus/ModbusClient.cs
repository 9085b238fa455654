namespace Flip.Edge.Modbus;

/// <summary>Makes clients.</summary>
public static class ModbusClient
{
    /// <summary>A client for the endpoint, not yet connected: the first request connects.</summary>
    /// <param name="endpoint">TCP, RTU or RTU over TCP.</param>
    /// <param name="options">Timing and limits.</param>
    /// <param name="timeProvider">The clock of time-outs and gaps.</param>
    public static IModbusClient Create(ModbusEndpoint endpoint, ModbusClientOptions? options = null, TimeProvider? timeProvider = null) =>
        throw new NotSupportedException();
}
