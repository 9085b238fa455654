using Flip.Edge.Devices;
using Flip.Edge.Devices.SunSpec;
using Flip.Edge.Modbus;
using Flip.Edge.Pitfalls.Support;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.Simulator.Hostile.Data;

namespace Flip.Edge.Pitfalls.P28_Night;

/// <summary>
/// At night or in standby there is no answer, or zeros that look healthy: the device sleeps and is waited for, and nothing of it is
/// wrong. https://github.com/0xAHA/Growatt_ModbusTCP/issues/357, https://github.com/wills106/homeassistant-solax-modbus/issues/88,
/// https://github.com/WillCodeForCats/solaredge-modbus-multi/issues/810
/// </summary>
public sealed class NightTests
{
    [Theory]
    [InlineData("night-zeros")]
    [InlineData("all-zeros")]
    public async Task A_device_of_nothing_but_zeros_is_asleep_and_waited_for(string behaviour)
    {
        DeviceNotReadableException asleep = await Assert.ThrowsAsync<DeviceNotReadableException>(() => HostileSunSpec.ReadAsync(behaviour));

        Assert.Contains("it is asleep or starting, and is waited for", asleep.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_that_misses_the_first_request_is_asked_again() =>
        HostileSunSpec.AssertHybrid(await HostileSunSpec.ReadAsync("silent-at-first"));

    [Theory]
    [InlineData("exception-2-at-times")]
    [InlineData("exception-4-at-times")]
    [InlineData("busy-at-times")]
    public async Task A_device_that_fails_now_and_then_is_read_all_the_same(string behaviour) =>
        HostileSunSpec.AssertHybrid(await HostileSunSpec.ReadAsync(behaviour));

    [Fact]
    public async Task A_device_that_lets_most_requests_wait_is_given_up_after_minutes_and_not_after_hours()
    {
        InstantTime time = new();
        SlowBank bank = new(HostileSunSpec.Device("endless-empty-models"), time);
        await using BankClient client = new(bank);

        DeviceNotReadableException late = await Assert.ThrowsAsync<DeviceNotReadableException>(
            () => new SunSpecNameplateReader(time).ReadAsync(client, 1, TestContext.Current.CancellationToken));

        Assert.Contains("could not be read within 120 s", late.Message, StringComparison.Ordinal);
        Assert.InRange(time.Elapsed, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(4));
    }

    /// <summary>Four seconds for each answer, as over a line that is mostly taken.</summary>
    private sealed class SlowBank(IRegisterBank inner, InstantTime time) : IRegisterBank
    {
        public ModbusExceptionCode? Read(byte unit, byte function, ushort address, Span<ushort> destination)
        {
            time.Pass(TimeSpan.FromSeconds(4));
            return inner.Read(unit, function, address, destination);
        }

        public ModbusExceptionCode? Write(byte unit, ushort address, ReadOnlySpan<ushort> values) => ModbusExceptionCode.IllegalFunction;
    }
}
