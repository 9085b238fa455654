using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.Registers;

/// <summary>What a plan of reads followed from, as it was when the reading ended.</summary>
/// <param name="Latency">How long the device takes before it answers, as learned; null when it never did.</param>
/// <param name="ResponseTimeout">The response time-out in force.</param>
/// <param name="Cost">What a read costs on this transport.</param>
/// <param name="MostRegisters">The most registers in one read.</param>
public sealed record ReadTiming(TimeSpan? Latency, TimeSpan ResponseTimeout, ReadCost Cost, int MostRegisters)
{
    internal static ReadTiming Of(IModbusClient client, int mostRegisters) =>
        new(client.Latency, client.ResponseTimeout, ReadCost.Of(client.Endpoint, client.Latency), mostRegisters);
}
