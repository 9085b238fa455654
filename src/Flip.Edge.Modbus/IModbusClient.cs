namespace Flip.Edge.Modbus;

/// <summary>
/// One connection to one Modbus bus or gateway, shared by every caller. There is one request in flight at a time;
/// callers queue. All addresses are 0-based PDU addresses, as on the wire.
/// </summary>
/// <remarks>The shape is kept close to NModbus's <c>IModbusMaster</c>; see <c>docs/adr/0001-own-modbus-stack.md</c>.</remarks>
public interface IModbusClient : IAsyncDisposable
{
    /// <summary>Where this client connects to. The unit id of the endpoint is a default for callers, not a filter.</summary>
    public ModbusEndpoint Endpoint { get; }

    /// <summary>The options in force.</summary>
    public ModbusClientOptions Options { get; }

    /// <summary>What this client has sent and received since it was made.</summary>
    public ModbusCounters Counters { get; }

    /// <summary>
    /// How long the devices behind this client take before their answer begins, smoothed, without the time that the request is on a
    /// serial line. Null before the first answer.
    /// </summary>
    public TimeSpan? Latency { get; }

    /// <summary>The response time-out in force: four times the latency, within the bounds of the options.</summary>
    public TimeSpan ResponseTimeout { get; }

    /// <summary>Reads <paramref name="count"/> holding registers (function code 3).</summary>
    /// <param name="unit">Unit id, 0–255 on TCP, 1–247 on a serial line.</param>
    /// <param name="address">First register, 0-based.</param>
    /// <param name="count">1 to <see cref="ModbusClientOptions.RegistersPerRead"/>.</param>
    /// <param name="cancellationToken">Abandons the request; the next one still works.</param>
    /// <exception cref="ModbusException">One of the typed failures; each names endpoint, unit, address and count.</exception>
    public ValueTask<ushort[]> ReadHoldingRegistersAsync(byte unit, ushort address, ushort count, CancellationToken cancellationToken = default);

    /// <summary>Reads holding registers (function code 3) into <paramref name="destination"/> without allocating.</summary>
    public ValueTask ReadHoldingRegistersAsync(byte unit, ushort address, Memory<ushort> destination, CancellationToken cancellationToken = default);

    /// <summary>Reads <paramref name="count"/> input registers (function code 4).</summary>
    public ValueTask<ushort[]> ReadInputRegistersAsync(byte unit, ushort address, ushort count, CancellationToken cancellationToken = default);

    /// <summary>Writes one holding register (function code 6). The device's echo is checked.</summary>
    /// <remarks>
    /// A write whose connection is lost after it was sent is reported and not repeated: the device may have carried it out. The same
    /// holds for one that times out or is given up.
    /// </remarks>
    public ValueTask WriteSingleRegisterAsync(byte unit, ushort address, ushort value, CancellationToken cancellationToken = default);

    /// <summary>Writes 1 to 123 holding registers (function code 16).</summary>
    public ValueTask WriteMultipleRegistersAsync(byte unit, ushort address, ReadOnlyMemory<ushort> values, CancellationToken cancellationToken = default);
}
