using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.Probing;

/// <summary>What suits two devices behind one connection.</summary>
public static class StricterOptions
{
    /// <summary>
    /// The longer of every wait, the fewer registers, and the leniency that either needs: the more demanding device is served, and the other
    /// only loses time.
    /// </summary>
    public static ModbusClientOptions Of(ModbusClientOptions one, ModbusClientOptions other) => one with
    {
        ConnectDelay = Longer(one.ConnectDelay, other.ConnectDelay),
        RequestGap = Longer(one.RequestGap, other.RequestGap),
        ConnectTimeout = Longer(one.ConnectTimeout, other.ConnectTimeout),
        ResponseTimeout = Longer(one.ResponseTimeout, other.ResponseTimeout),
        LeastResponseTimeout = Longer(one.LeastResponseTimeout, other.LeastResponseTimeout),
        MostResponseTimeout = Longer(one.MostResponseTimeout, other.MostResponseTimeout),
        RegistersPerRead = Math.Min(one.RegistersPerRead, other.RegistersPerRead),
        IgnoreTransactionId = one.IgnoreTransactionId || other.IgnoreTransactionId,
        StripEcho = one.StripEcho || other.StripEcho,
    };

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
