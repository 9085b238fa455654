using Flip.Edge.Devices.Probing;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Hostile;
using static Flip.Edge.Pitfalls.WireRig;

namespace Flip.Edge.Pitfalls.P03_SwallowedAfterConnect;

/// <summary>
/// A dongle swallows what is sent within 1 to 5 s after the connection. <see href="https://github.com/openhab/openhab-core/issues/2926"/>,
/// <see href="https://github.com/grid-x/modbus/pull/44"/>, <see href="https://github.com/ioBroker/ioBroker.modbus/issues/250"/>
/// </summary>
public sealed class SwallowedAfterConnectTests
{
    [Fact]
    public async Task With_a_connect_delay_nothing_is_lost()
    {
        WireBehaviour silent = WireBehaviours.SilentAfterConnect(TimeSpan.FromMilliseconds(300));
        await using WireRig rig = await OnTcpAsync(new() { ConnectDelay = TimeSpan.FromMilliseconds(400) }, silent);
        await rig.ReadRightlyAsync();
        Assert.Equal(0, rig.Client.Counters.Timeouts);
    }

    [Fact]
    public async Task Without_one_the_first_request_is_lost_and_the_nameplate_is_read_all_the_same()
    {
        WireBehaviour silent = WireBehaviours.SilentAfterConnect(TimeSpan.FromMilliseconds(200));
        await using WireRig rig = await OnTcpAsync(null, silent);
        await rig.ReadRightlyAsync();
        Assert.Equal(1, rig.Client.Counters.Connects);
    }

    [Theory]
    [InlineData(DeviceProbe.Auto)]
    [InlineData("sunspec")]
    public async Task A_dongle_whose_unit_is_named_is_found_and_read_though_it_swallows_the_first_3_seconds(string profile)
    {
        await using WireRig rig = await OnTcpAsync(null, Named("silent-after-connect"));
        DeviceProbe probe = new(ProfileCatalog.Embedded, Connect, TimeProvider.System);

        IdentifiedDevice found = await probe.FindAsync(
            rig.Device.Endpoint with { Unit = 1, IsUnitGiven = true }, profile, new(), ProbeScope.Unattended, null, TestContext.Current.CancellationToken);

        AssertRight((await new DeviceReader(Connect, TimeProvider.System).ReadAsync(found, TestContext.Current.CancellationToken)).Nameplate);
    }

    [Fact]
    public async Task A_pause_that_a_person_has_set_is_not_made_longer()
    {
        await using WireRig rig = await OnTcpAsync(null, Named("silent-after-connect"));
        List<TimeSpan> pauses = [];
        ModbusWishes wishes = new() { ConnectDelay = TimeSpan.Zero, ResponseTimeout = TimeSpan.FromMilliseconds(100) };
        IdentifiedDevice found = await new DeviceProbe(ProfileCatalog.Embedded, Connect, TimeProvider.System).FindAsync(
            rig.Device.Endpoint with { Unit = 1, IsUnitGiven = true }, "sunspec", wishes, ProbeScope.Unattended, null, TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<DeviceNotFoundException>(() => new DeviceReader(Noting, TimeProvider.System).ReadAsync(found, TestContext.Current.CancellationToken));
        Assert.Equal([TimeSpan.Zero], pauses);

        IModbusClient Noting(ModbusEndpoint endpoint, ModbusClientOptions options)
        {
            pauses.Add(options.ConnectDelay);
            return Connect(endpoint, options);
        }
    }

    private static IModbusClient Connect(ModbusEndpoint endpoint, ModbusClientOptions options) => ModbusClient.Create(endpoint, options, TimeProvider.System);
}
