using Flip.Edge.Devices;
using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Modbus;
using Flip.Edge.Pitfalls.Support;

namespace Flip.Edge.Pitfalls.P34_ShiftedRegisters;

/// <summary>
/// A firmware shifts every register by one, or a gateway does so now and then, replays or truncates: a value counts only next to its
/// model's id. https://github.com/TheRealMoeder/Energy2Shelly_ESP/issues/47, https://github.com/0xAHA/Growatt_ModbusTCP/issues/349,
/// https://github.com/0xAHA/Growatt_ModbusTCP/issues/447
/// </summary>
public sealed class ShiftedRegistersTests
{
    [Theory]
    [InlineData("data-one-up")]
    [InlineData("data-one-down")]
    public async Task A_map_that_is_shifted_as_a_whole_is_read_where_it_is(string behaviour) =>
        HostileSunSpec.AssertHybrid(await HostileSunSpec.ReadAsync(behaviour));

    [Fact]
    public async Task A_response_that_is_shifted_in_both_readings_alike_is_not_believed()
    {
        Nameplate nameplate = await HostileSunSpec.ReadAsync(new BatteryOneOff(HostileSunSpec.Device("no-end-exception")));

        HostileSunSpec.AssertInvalid(nameplate.CapacityWh, "without the id of model 802");
        HostileSunSpec.AssertInvalid(nameplate.MaxChargeW, "without the id of model 802");
        Assert.Equal("123456789", nameplate.SerialNumber.Value);
    }

    [Theory]
    [InlineData("data-one-up-at-times")]
    [InlineData("data-one-up-each-seventh")]
    [InlineData("data-truncated")]
    [InlineData("data-replayed")]
    public async Task Where_responses_are_moved_now_and_then_nothing_false_comes_of_it(string behaviour)
    {
        try
        {
            Nameplate nameplate = await HostileSunSpec.ReadAsync(behaviour);

            Assert.True(!nameplate.CapacityWh.IsPresent || nameplate.CapacityWh.Value == 15_000 || nameplate.Warnings.Any(warning => warning.NeedsPerson));
            Assert.True(!nameplate.SerialNumber.IsPresent || nameplate.SerialNumber.Value == "123456789");
        }
        catch (DeviceNotReadableException unreadable)
        {
            Assert.Contains("it may be starting or asleep", unreadable.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>Every response with the battery's model in it is one register off.</summary>
    private sealed class BatteryOneOff(IRegisterBank inner) : IRegisterBank
    {
        // Marker, 1, 103, 120 to 124 come before it.
        private const int Battery = 40002 + 68 + 52 + 28 + 32 + 46 + 26 + 26;

        public ModbusExceptionCode? Read(byte unit, byte function, ushort address, Span<ushort> destination) =>
            inner.Read(unit, function, (ushort)(address == Battery && destination.Length > 2 ? address + 1 : address), destination);

        public ModbusExceptionCode? Write(byte unit, ushort address, ReadOnlySpan<ushort> values) => ModbusExceptionCode.IllegalFunction;
    }
}
