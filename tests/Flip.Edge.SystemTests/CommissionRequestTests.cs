using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.SystemTests.Support;

namespace Flip.Edge.SystemTests;

/// <summary>
/// The body as the cloud receives it, beside the example of Flip's page (docs.flip.energy/api-6038136), of which Golden/commission-request.json
/// is a copy: without the two deprecated fields, with the day as RFC 3339, and with an e-mail address, which the page masks.
/// </summary>
public sealed class CommissionRequestTests
{
    [Fact]
    public async Task The_body_for_the_simulated_device_equals_the_example_of_the_page_to_the_letter()
    {
        await using HostedDevice device = await Site.DeviceAsync();
        await using MockFlipCloud cloud = await Site.CloudAsync();
        JsonObject configuration = Site.Configuration(cloud, device);
        configuration["Site"] = new JsonObject
        {
            ["Id"] = "abc-789",
            ["FirstName"] = "John",
            ["LastName"] = "Doe",
            ["CompanyName"] = "ABC Co.",
            ["Email"] = "john.doe@example.com",
            ["StateCode"] = "AK",
            ["City"] = "San Francisco",
            ["ZipCode"] = "88800",
            ["StreetAddress"] = "123 Main St",
            ["StreetAddress2"] = "string",
        };
        await using EdgeProcess edge = await EdgeProcess.StartAsync(configuration);
        await edge.PressAsync();
        await edge.ReachesAsync("commissioned");

        MockRequest request = Assert.Single(cloud.Ledger.Requests);
        Assert.Equal(Tokens(Encoding.UTF8.GetBytes(Golden.Text("commission-request.json"))), Tokens(request.Body.Span));
        Assert.Equal((string?)(await edge.CommissioningAsync())["request_sha256"], request.Sha256);
    }

    [Fact]
    public async Task A_day_begins_at_midnight_where_the_gateway_is()
    {
        Assert.SkipUnless(File.Exists("/usr/share/zoneinfo/America/Los_Angeles"), "the time zones are not installed: apt-get install tzdata");
        await using HostedDevice device = await Site.DeviceAsync();
        await using MockFlipCloud cloud = await Site.CloudAsync();
        await using EdgeProcess edge = EdgeProcess.Prepare(Site.Configuration(cloud, device));
        edge.Environment["TZ"] = "America/Los_Angeles";
        await edge.StartAsync();
        await edge.PressAsync();
        await edge.ReachesAsync("commissioned");
        JsonNode body = JsonNode.Parse(Assert.Single(cloud.Ledger.Requests).Body.Span)!;
        Assert.Equal("2022-02-22T00:00:00-08:00", (string?)body["devices"]![0]!["install_date"]);
    }

    [Fact]
    public async Task What_the_configuration_leaves_out_is_null_or_absent_and_never_made_up()
    {
        await using HostedDevice device = await Site.DeviceAsync();
        await using MockFlipCloud cloud = await Site.CloudAsync();
        JsonObject configuration = Site.Configuration(cloud, device);
        configuration["Site"] = new JsonObject { ["Id"] = "abc-789" };
        configuration["Commissioning"]!["CanAutoEnroll"] = false;
        await using EdgeProcess edge = await EdgeProcess.StartAsync(configuration);
        await edge.PressAsync();
        await edge.ReachesAsync("commissioned");

        JsonNode body = JsonNode.Parse(Assert.Single(cloud.Ledger.Requests).Body.Span)!;
        Assert.Equal(["abc-789"], body["site"]!.AsObject().Where(property => property.Value is not null).Select(property => (string?)property.Value));
        Assert.False((bool)body["can_auto_enroll"]!);
        Site.IsCommissionedOnceIn(cloud);
        Assert.Null((await edge.GetAsync("api/v1/status"))["enrollment"]);
    }

    // Kind and text of each token: order, names, types and values, and nothing of the white space between them.
    private static List<string> Tokens(ReadOnlySpan<byte> json)
    {
        List<string> tokens = [];
        Utf8JsonReader reader = new(json);
        while (reader.Read()) tokens.Add($"{reader.TokenType} {Encoding.UTF8.GetString(reader.ValueSpan)}");
        return tokens;
    }
}
