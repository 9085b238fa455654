using Flip.Edge.Configuration;
using Flip.Edge.Devices.Walking;
using Flip.Edge.Modbus;

namespace Flip.Edge.Doctor;

/// <summary>Walks over the devices' registers by ourselves, for a daemon that does not run and so holds no connection.</summary>
internal static class WalkParts
{
    public static IEnumerable<DoctorPart> All(EdgeSettings settings, TimeProvider time)
    {
        DeviceWalk walk = new(settings.Profiles, (endpoint, options) => ModbusClient.Create(endpoint, options, time), time);
        return settings.Devices.Select((device, index) => new DoctorPart(
            DaemonParts.WalkName(index), $"a walk over the registers of {device.Id}, up to two minutes",
            async end => WalkFile.Write(await walk.WalkAsync(device.Id, device.Endpoint, device.Profile, device.Modbus, end)))
        {
            Limit = DaemonParts.WalkLimit,
        });
    }
}
