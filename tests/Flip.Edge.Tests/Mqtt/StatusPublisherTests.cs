using Flip.Edge.Configuration;
using Flip.Edge.Mqtt;
using Flip.Edge.Simulator.Broker;
using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Mqtt;

public sealed class StatusPublisherTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly TempDirectory _directory = new();

    [Fact]
    public async Task Every_topic_is_retained_and_goes_along_with_the_commissioning()
    {
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync();
        await using HostedDevice device = await HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, 0);
        await using MockFlipCloud cloud = await MockFlipCloud.StartAsync(new(), TestContext.Current.CancellationToken);
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(Settings(broker, cloud, device));
        await UntilAsync(broker, "flip-edge/gw-0001/availability", payload => payload == "online");
        await UntilAsync(broker, "flip-edge/gw-0001/commissioning", payload => payload.Contains("\"state\":\"waiting\"", StringComparison.Ordinal));

        await edge.PressAsync();

        await UntilAsync(broker, "flip-edge/gw-0001/commissioning", payload => payload.Contains("\"state\":\"commissioned\"", StringComparison.Ordinal));
        await UntilAsync(broker, "flip-edge/gw-0001/enrollment", payload => payload.Contains("\"status\":\"ACTIVE\"", StringComparison.Ordinal));
        await UntilAsync(broker, "flip-edge/gw-0001/nameplate/xyz-123", payload => payload.Contains("\"value\":15000", StringComparison.Ordinal));
        Assert.Equal(4, broker.Retained.Count);
    }

    [Fact]
    public async Task Who_stops_in_order_says_offline_himself_and_in_good_time()
    {
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync();
        await using HostedDevice device = await HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, 0);
        EdgeUnderTest edge = await EdgeUnderTest.StartAsync(Settings(broker, null, device));
        await UntilAsync(broker, "flip-edge/gw-0001/availability", payload => payload == "online");

        long began = TimeProvider.System.GetTimestamp();
        await edge.DisposeAsync();

        await UntilAsync(broker, "flip-edge/gw-0001/availability", payload => payload == "offline");
        Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(3.5), "the stop waited for the host's time-out");
    }

    [Fact]
    public async Task A_broker_that_comes_back_empty_is_told_everything_again()
    {
        EmbeddedBroker first = await EmbeddedBroker.StartAsync();
        await using HostedDevice device = await HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, 0);
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(Settings(first, null, device));
        await UntilAsync(first, "flip-edge/gw-0001/nameplate/xyz-123", _ => true);
        await first.DisposeAsync();

        await using EmbeddedBroker second = await EmbeddedBroker.StartAsync(first.Port);

        await UntilAsync(second, "flip-edge/gw-0001/availability", payload => payload == "online");
        await UntilAsync(second, "flip-edge/gw-0001/commissioning", _ => true);
        await UntilAsync(second, "flip-edge/gw-0001/nameplate/xyz-123", _ => true);
    }

    [Fact]
    public async Task A_broker_that_is_away_holds_no_commissioning_up()
    {
        EmbeddedBroker broker = await EmbeddedBroker.StartAsync();
        await using HostedDevice device = await HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, 0);
        await using MockFlipCloud cloud = await MockFlipCloud.StartAsync(new(), TestContext.Current.CancellationToken);
        EdgeSettings settings = Settings(broker, cloud, device);
        await broker.DisposeAsync();
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(settings);

        await edge.PressAsync();

        Assert.False((await edge.UntilAsync("commissioned")).GetProperty("mqtt").GetProperty("connected").GetBoolean());
    }

    [Theory]
    [InlineData("xyz-123", "flip-edge/gw-0001/nameplate/xyz-123")]
    [InlineData("site/1+#", "flip-edge/gw-0001/nameplate/site%2F1%2B%23")]
    public void A_device_id_never_makes_levels_or_wildcards_of_its_own(string id, string topic)
    {
        Assert.Equal(topic, new Topics(Support.Settings.For(_directory.Path)).Nameplate(id));
    }

    private EdgeSettings Settings(EmbeddedBroker broker, MockFlipCloud? cloud, HostedDevice device) =>
        EdgeUnderTest.Settings(_directory, cloud, device) with { Mqtt = new(true, "127.0.0.1", broker.Port, "flip-edge") };

    private static async Task UntilAsync(EmbeddedBroker broker, string topic, Func<string, bool> matches)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (!broker.Retained.TryGetValue(topic, out string? payload) || !matches(payload))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, $"{topic}: {broker.Retained.GetValueOrDefault(topic, "nothing")}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public void Dispose() => _directory.Dispose();
}
