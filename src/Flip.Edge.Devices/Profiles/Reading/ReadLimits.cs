using Flip.Edge.Devices.Registers;
using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.Profiles.Reading;

/// <summary>What a connection and a family allow in one read.</summary>
internal static class ReadLimits
{
    /// <summary>The most registers in one read: what a person set for the connection, else the family's.</summary>
    public static int MostRegisters(IModbusClient client, DeviceProfile profile) =>
        client.Options.RegistersPerRead < ModbusClientOptions.ProtocolRegistersPerRead
            ? client.Options.RegistersPerRead
            : profile.Quirks.RegistersPerRead?.Value ?? ModbusClientOptions.ProtocolRegistersPerRead;

    /// <summary>The widest gap to read through. A device that is silent where it has no register answers nothing across one.</summary>
    public static int MostThrough(DeviceProfile profile) => profile.Quirks.SilentInsteadOfException?.Value == true ? 0 : profile.Quirks.ReadThrough?.Value ?? int.MaxValue;

    /// <summary>What a read costs on this connection, with what is known of the device by now.</summary>
    public static ReadCost Cost(IModbusClient client) => ReadCost.Of(client.Endpoint, client.Latency);
}
