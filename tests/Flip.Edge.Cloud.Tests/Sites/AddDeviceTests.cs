using System.Text;
using System.Text.Json;
using Flip.Edge.Simulator.Cloud;

namespace Flip.Edge.Cloud.Tests.Sites;

public sealed class AddDeviceTests
{
    private static ReadOnlyMemory<byte> Device =>
        Encoding.UTF8.GetBytes(JsonDocument.Parse(Sample.Body).RootElement.GetProperty("devices")[0].GetRawText());

    [Fact]
    public async Task A_device_as_it_stands_in_the_frozen_request_is_added_once()
    {
        await using MockFlipCloud cloud = await MockFlipCloud.StartAsync(new() { ClientToken = Sample.Token }, Sample.Stop);
        cloud.Ledger.Seed("abc-789");
        using FlipClient client = Sample.Client(cloud.BaseUrl);

        Assert.Equal(new FlipAnswer<bool>.Given(true), await client.AddDeviceAsync("abc-789", Device, Sample.Stop));
        Assert.IsType<CommissionOutcome.Conflict>(await WhyAsync(client, Device));

        Assert.Empty(cloud.Ledger.Findings);
        Assert.Equal(Encoding.UTF8.GetString(Device.Span), cloud.Ledger.Sites.Single().Devices.Single());
    }

    [Fact]
    public async Task A_device_of_another_site_is_a_conflict_and_a_site_that_is_not_there_takes_none()
    {
        await using MockFlipCloud cloud = await MockFlipCloud.StartAsync(new() { ClientToken = Sample.Token }, Sample.Stop);
        cloud.Ledger.Seed("elsewhere", """{"id":"xyz-123"}""");
        using FlipClient client = Sample.Client(cloud.BaseUrl);

        Assert.IsType<CommissionOutcome.NotFlip>(await WhyAsync(client, Device));
        cloud.Ledger.Seed("abc-789");
        Assert.IsType<CommissionOutcome.Conflict>(await WhyAsync(client, Device));
    }

    [Fact]
    public async Task A_device_against_the_contract_is_refused()
    {
        await using MockFlipCloud cloud = await MockFlipCloud.StartAsync(new() { ClientToken = Sample.Token }, Sample.Stop);
        cloud.Ledger.Seed("abc-789");
        using FlipClient client = Sample.Client(cloud.BaseUrl);

        Assert.IsType<CommissionOutcome.Invalid>(await WhyAsync(client, "{\"id\":\"xyz-123\"}"u8.ToArray()));
        Assert.Contains("device.serial_number", cloud.Ledger.Findings.Select(finding => finding.Path));
        Assert.Empty(cloud.Ledger.Sites.Single().Devices);
    }

    [Theory]
    [InlineData(200, "{}", true, false)]
    [InlineData(201, "", true, false)]
    [InlineData(200, "<html>Log in</html>", false, true)]
    [InlineData(502, "", false, true)]
    [InlineData(400, "", false, false)]
    public async Task A_success_is_one_with_JSON_or_without_a_body(int status, string body, bool isTaken, bool mayHaveArrived)
    {
        await using RawServer server = RawServer.Reply(status, body);
        using FlipClient client = Sample.Client(server.Url);

        FlipAnswer<bool> answer = await client.AddDeviceAsync("a/b", Device, Sample.Stop);

        Assert.Equal(isTaken, answer is FlipAnswer<bool>.Given);
        if (answer is FlipAnswer<bool>.Failed failed) Assert.Equal(mayHaveArrived, failed.Why.MayHaveArrived);
        Assert.Equal("POST /v1/site/a%2Fb/devices", server.Lines.Single());
        Assert.Contains($"Authorization: Bearer {Sample.Token}", server.Head, StringComparison.Ordinal);
        Assert.Equal(Device.ToArray(), server.Body);
    }

    private static async Task<CommissionOutcome> WhyAsync(FlipClient client, ReadOnlyMemory<byte> device) =>
        Assert.IsType<FlipAnswer<bool>.Failed>(await client.AddDeviceAsync("abc-789", device, Sample.Stop)).Why;
}
