using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.SunSpec;

/// <summary>
/// What a transaction costs besides its registers, in registers. On a serial line the request, the reply's frame and two gaps of
/// 3.5 characters are 20 characters, so reading through a gap of up to ten registers is cheaper than asking again.
/// Over TCP the round trip outweighs any gap that fits a frame.
/// </summary>
internal readonly record struct ReadCost(int TransactionInRegisters)
{
    public static readonly ReadCost Serial = new(10);
    public static readonly ReadCost Tcp = new(60);

    public static ReadCost Of(ModbusEndpoint endpoint) => endpoint is ModbusRtuEndpoint ? Serial : Tcp;
}
