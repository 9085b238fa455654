using Flip.Edge.Cloud;
using Flip.Edge.Configuration;
using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;

namespace Flip.Edge.Tests.Support;

/// <summary>A good configuration, for tests to change.</summary>
internal static class Settings
{
    public static EdgeSettings For(string directory) => new(
        new("gw-0001", directory),
        new(new("http://127.0.0.1:9"), new CredentialSettings.Token(System.IO.Path.Combine(directory, "token")), InputPowerIs.Charge, TimeSpan.FromSeconds(30)),
        new("abc-789", "John", "Doe", null, "john.doe@example.com", "CA", "San Francisco", "88800", "123 Main St", null),
        [Device("xyz-123", "tcp://127.0.0.1:9?unit=1")],
        new(TriggerMode.Manual, true, new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(15))),
        new(TimeSpan.FromMinutes(1), TimeSpan.FromHours(1), TimeSpan.FromHours(6)),
        new(false, "127.0.0.1", 1883, "flip-edge"),
        new(System.IO.Path.Combine(directory, "edge.sock"), null),
        ProfileCatalog.Embedded);

    public static DeviceSettings Device(string id, string endpoint) => new(
        id, ModbusEndpoint.Parse(endpoint), "auto", new(2026, 11, 20, 0, 0, 0, TimeSpan.FromHours(-8)), new NameplateOverrides(),
        new() { ResponseTimeout = TimeSpan.FromMilliseconds(300), ConnectTimeout = TimeSpan.FromSeconds(1) });
}
