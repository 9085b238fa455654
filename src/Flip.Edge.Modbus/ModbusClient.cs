namespace Flip.Edge.Modbus;

/// <summary>Makes clients.</summary>
public static class ModbusClient
{
    /// <summary>A client for the endpoint, not yet connected: the first request connects.</summary>
    /// <remarks>
    /// A connection that turns out to be dead is opened again once per request, silently. A read is then repeated; a write only if
    /// nothing of it can have been sent, because a device may already have carried it out. After that the failure is reported.
    /// </remarks>
    /// <param name="endpoint">TCP, RTU or RTU over TCP.</param>
    /// <param name="options">Timing and limits.</param>
    /// <param name="timeProvider">The clock of time-outs and gaps.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static IModbusClient Create(ModbusEndpoint endpoint, ModbusClientOptions? options = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        options ??= new ModbusClientOptions();
        options.Check();
        return new QueuedModbusClient(endpoint, options, timeProvider ?? TimeProvider.System);
    }
}
