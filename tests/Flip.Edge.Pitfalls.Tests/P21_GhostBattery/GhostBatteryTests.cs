using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Modbus;
using Flip.Edge.Pitfalls.Support;

namespace Flip.Edge.Pitfalls.P21_GhostBattery;

/// <summary>
/// A second battery block that overlaps with the first one or shows the same serial number, and one of which there are only texts: each
/// battery counts once, and what has no rating counts as none. https://github.com/nmakel/solaredge_modbus/issues/15
/// </summary>
public sealed class GhostBatteryTests
{
    [Theory]
    [InlineData("solaredge-same-serial", 9700)]
    [InlineData("solaredge-phantom", 9200)]
    public async Task A_battery_that_is_shown_twice_counts_once(string image, int capacityWh)
    {
        Nameplate nameplate = await HostileFamily.ReadAsync(HostileFamily.Device(image), "solaredge", 1);

        Assert.Equal(capacityWh, nameplate.CapacityWh.Value);
        Assert.Single(nameplate.Batteries);
    }

    [Fact]
    public async Task Three_batteries_with_serial_numbers_of_their_own_add_up()
    {
        Nameplate nameplate = await HostileFamily.ReadAsync(HostileFamily.Device("solaredge-three"), "solaredge", 1);

        Assert.Equal(29_100m, nameplate.CapacityWh.Value);
        Assert.Equal(3, nameplate.Batteries.Count);
    }

    [Fact]
    public async Task A_battery_that_is_listed_at_two_units_counts_once()
    {
        Nameplate nameplate = await HostileFamily.ReadAsync(HostileFamily.Device("generac-pwrcell-listed-twice"), "generac-pwrcell", 1);

        Assert.Equal(9000m, nameplate.CapacityWh.Value);
    }

    [Fact]
    public async Task A_listed_battery_that_does_not_answer_is_asked_of_a_person_in_every_sum()
    {
        Nameplate nameplate = await HostileFamily.ReadAsync(new UnitMissing(HostileFamily.Device("generac-pwrcell-two"), 10), "generac-pwrcell", 1);

        string?[] asked = [.. nameplate.Warnings.Where(warning => warning.NeedsPerson).Select(warning => warning.Override).Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal(["CapacityWh", "MaxChargeW", "MaxDischargeW"], asked);
    }

    /// <summary>One unit of the bus is off.</summary>
    private sealed class UnitMissing(IRegisterBank inner, byte missing) : IRegisterBank
    {
        public ModbusExceptionCode? Read(byte unit, byte function, ushort address, Span<ushort> destination) =>
            unit == missing ? ModbusExceptionCode.GatewayTargetNoResponse : inner.Read(unit, function, address, destination);

        public ModbusExceptionCode? Write(byte unit, ushort address, ReadOnlySpan<ushort> values) => ModbusExceptionCode.IllegalFunction;
    }
}
