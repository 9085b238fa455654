using System.Text.Json.Nodes;

namespace Flip.Edge.Simulator.Demo;

/// <summary>The configuration that an installer would write for the demo's site; ids and zip code as on Flip's page.</summary>
internal static class DemoConfiguration
{
    public const string GatewayId = "gw-demo";
    public const string SiteId = "abc-789";
    public const string TcpDeviceId = "xyz-123";
    public const string RtuDeviceId = "xyz-124";

    public static JsonObject Create(DemoFolder folder, DemoWorld world, DateOnly today) => new()
    {
        ["Gateway"] = new JsonObject { ["Id"] = GatewayId, ["DataDirectory"] = Path.Combine(folder.FolderPath, "data") },
        ["Flip"] = new JsonObject { ["BaseUrl"] = world.Cloud.BaseUrl.GetLeftPart(UriPartial.Authority), ["TokenFile"] = folder.TokenFile },
        ["Site"] = new JsonObject
        {
            ["Id"] = SiteId,
            ["FirstName"] = "Jane",
            ["LastName"] = "Doe",
            ["Email"] = "jane.doe@example.com",
            ["StreetAddress"] = "123 Main St",
            ["City"] = "San Francisco",
            ["StateCode"] = "CA",
            ["ZipCode"] = "88800",
        },
        ["Devices"] = new JsonArray(
            Device(TcpDeviceId, world.OnTcp.Endpoint.ToString(), today), Device(RtuDeviceId, world.OnRtu.Endpoint.ToString(), today)),
        ["Commissioning"] = new JsonObject
        {
            ["Trigger"] = "manual",
            ["CanAutoEnroll"] = true,
            ["Retry"] = new JsonObject { ["BaseDelay"] = "00:00:01" },
        },
        ["Mqtt"] = new JsonObject { ["Host"] = "127.0.0.1", ["Port"] = world.Broker.Port },
        ["Local"] = new JsonObject { ["Socket"] = folder.Socket, ["Http"] = folder.Http },
    };

    private static JsonObject Device(string id, string endpoint, DateOnly installed) =>
        new() { ["Id"] = id, ["Endpoint"] = endpoint, ["InstallDate"] = installed.ToString("yyyy-MM-dd") };
}
