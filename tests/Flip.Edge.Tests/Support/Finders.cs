using Flip.Edge.Configuration;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Monitoring;
using Microsoft.Extensions.Logging.Abstractions;

namespace Flip.Edge.Tests.Support;

/// <summary>Finders of devices as the daemon has them, without its host.</summary>
internal static class Finders
{
    public static Func<DeviceSettings, DeviceFinder> At(TimeProvider time)
    {
        ModbusConnections connections = new(time);
        return device => new(device, ProfileCatalog.Embedded, connections, time, NullLogger<DeviceFinder>.Instance);
    }
}
