using System.Text.Json.Nodes;
using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Simulator.Devices;

namespace Flip.Edge.SystemTests.Support;

/// <summary>Configurations to start from, with the values of Flip's page where it has any.</summary>
internal static class Site
{
    public const string Id = "abc-789";
    public const string DeviceId = "xyz-123";

    /// <summary>What must be nowhere but in the request.</summary>
    public static readonly string[] HomeownerData =
        ["Jonathan", "Doe-Smith", "ABC Holdings", "jd.smith@example.com", "123 Privacy Street", "Apartment 4711"];

    /// <summary>One device, quick retries, no broker, the local endpoint on the socket alone.</summary>
    public static JsonObject Configuration(string cloud, string endpoint) => new()
    {
        ["Gateway"] = new JsonObject { ["Id"] = EdgeProcess.GatewayId },
        ["Flip"] = new JsonObject { ["BaseUrl"] = cloud },
        ["Site"] = new JsonObject
        {
            ["Id"] = Id,
            ["FirstName"] = HomeownerData[0],
            ["LastName"] = HomeownerData[1],
            ["CompanyName"] = HomeownerData[2],
            ["Email"] = HomeownerData[3],
            ["StateCode"] = "AK",
            ["City"] = "San Francisco",
            ["ZipCode"] = "88800",
            ["StreetAddress"] = HomeownerData[4],
            ["StreetAddress2"] = HomeownerData[5],
        },
        ["Devices"] = new JsonArray(new JsonObject { ["Id"] = DeviceId, ["Endpoint"] = endpoint, ["InstallDate"] = "2022-02-22" }),
        ["Commissioning"] = new JsonObject
        {
            ["Trigger"] = "manual",
            ["CanAutoEnroll"] = true,
            ["Retry"] = new JsonObject { ["BaseDelay"] = "00:00:00.100", ["MaxDelay"] = "00:00:01" },
        },
        ["Mqtt"] = new JsonObject { ["Enabled"] = false },
        ["Local"] = new JsonObject { ["Http"] = "off" },
    };

    public static JsonObject Configuration(MockFlipCloud cloud, HostedDevice device) =>
        Configuration(cloud.BaseUrl.GetLeftPart(UriPartial.Authority), device.Endpoint.ToString());

    /// <summary>The default device, whose nameplate is the one on Flip's page, on a TCP port of its own.</summary>
    public static Task<HostedDevice> DeviceAsync(int port = 0) => HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, port);

    /// <summary>A mock of Flip's cloud that goes through these faults, one each request.</summary>
    public static Task<MockFlipCloud> CloudAsync(string faults = "", int port = 0) => MockFlipCloud.StartAsync(
        new() { ClientToken = EdgeProcess.Token, Faults = MockFaultParser.Parse(faults), Port = port }, TestContext.Current.CancellationToken);

    /// <summary>One site, no slip against the contract, and the same bytes in every request whose body was read.</summary>
    public static void IsCommissionedOnceIn(MockFlipCloud cloud)
    {
        MockSite site = Assert.Single(cloud.Ledger.Sites);
        Assert.Empty(cloud.Ledger.Findings);
        Assert.All(cloud.Ledger.Requests, request => Assert.True(request.Sha256 is null || request.Sha256 == site.BodySha256, $"{request} differs"));
    }
}
