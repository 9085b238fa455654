using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Devices;

namespace Flip.Edge.Devices.Tests.Profiles.Reading;

public sealed class BatteryTests
{
    private const int First = 100, Second = 200;

    [Fact]
    public async Task Several_batteries_are_summed_and_shown_apart()
    {
        Nameplate nameplate = await ReadAsync(tables => tables.With(First, "SN-1", 9700, 5000).With(Second, "SN-2", 9800, 4000));

        Assert.Equal((19_500m, 9000m), (nameplate.CapacityWh.Value, nameplate.MaxChargeW.Value));
        Assert.Equal("sum of holding 104 (0x0068) and holding 204 (0x00CC)", nameplate.CapacityWh.Source);
        Assert.Equal([("SN-1", 9700m), ("SN-2", 9800m)], nameplate.Batteries.Select(battery => (battery.SerialNumber.Value!, battery.CapacityWh.Value)));
        Assert.Empty(nameplate.Warnings);
    }

    [Fact]
    public async Task One_battery_stands_by_itself_where_the_other_block_is_refused()
    {
        Nameplate nameplate = await ReadAsync(tables => tables.With(First, "SN-1", 9700, 5000));

        Assert.Equal((9700m, "holding 104 (0x0068)"), (nameplate.CapacityWh.Value, nameplate.CapacityWh.Source));
        Assert.Single(nameplate.Batteries);
    }

    [Fact]
    public async Task A_block_that_is_silent_is_asked_for_twice_in_each_reading()
    {
        DeviceTables tables = new() { IsSilentOutside = true };
        tables.Holding(1).U16(10, 7).With(First, "SN-1", 9700, 5000);
        BankClient client = ProfileOf.Client(tables);

        Nameplate nameplate = await ProfileOf.ReadAsync(Profile with { Quirks = new() { SilentInsteadOfException = ProfileOf.Quirk(true) } }, client);

        Assert.Equal(9700m, nameplate.CapacityWh.Value);
        Assert.Equal(4, client.Reads.Count(read => !read.Answered));
    }

    [Fact]
    public async Task A_battery_of_which_nothing_comes_before_one_that_is_there_is_asked_of_a_person()
    {
        Nameplate nameplate = await ReadAsync(tables => tables.With(Second, "SN-2", 9700, 5000));

        Assert.Equal(9700m, nameplate.CapacityWh.Value);
        Assert.Equal(["CapacityWh", "MaxChargeW", "MaxDischargeW"], nameplate.Warnings.Where(warning => warning.NeedsPerson).Select(warning => warning.Override));
        Assert.All(nameplate.Warnings, warning => Assert.StartsWith(
            "nothing came from battery 1 (holding 100 (0x0064)), although battery 2 (holding 200 (0x00C8)) is there; if it is a battery, type the value of all of them as Overrides:", warning.Sentence));
    }

    [Fact]
    public async Task A_block_whose_reply_was_lost_once_is_a_battery_all_the_same()
    {
        DeviceTables tables = new() { IsSilentOutside = true };
        tables.Holding(1).U16(10, 7).With(First, "SN-1", 9700, 5000).With(Second, "SN-2", 9700, 5000);
        bool lost = false;
        ScriptedBank bank = new(new SimulatedDevice(tables, DeviceWire.Tcp), (_, _, address) =>
        {
            if (address < Second || lost) return null;
            lost = true;
            return IRegisterBank.NoReply;
        });

        Nameplate nameplate = await ProfileOf.ReadAsync(Profile with { Quirks = new() { SilentInsteadOfException = ProfileOf.Quirk(true) } }, new BankClient(bank));

        Assert.True(lost);
        Assert.Equal(19_400m, nameplate.CapacityWh.Value);
    }

    /// <summary>Pitfall 21: overlapping registers show one battery twice (nmakel/solaredge_modbus#15).</summary>
    [Fact]
    public async Task Two_blocks_with_one_serial_number_are_one_battery()
    {
        Nameplate nameplate = await ReadAsync(tables => tables.With(First, "SN-1", 9700, 5000).With(Second, "SN-1", 9700, 5000));

        Assert.Equal(9700m, nameplate.CapacityWh.Value);
        Assert.Contains(nameplate.Warnings, warning => warning is { Code: "map", NeedsPerson: false } && warning.Sentence.Contains("counts once", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_batteries_that_both_have_a_placeholder_for_a_serial_number_are_two()
    {
        Nameplate nameplate = await ReadAsync(tables => tables.With(First, "0000", 9700, 5000).With(Second, "0000", 9700, 5000));

        Assert.Equal(19_400m, nameplate.CapacityWh.Value);
        Assert.All(nameplate.Batteries, battery => Assert.Equal(FieldState.Invalid, battery.SerialNumber.State));
    }

    /// <summary>A directory that lists one battery twice doubled its energy once the serial numbers could not be read.</summary>
    [Theory]
    [InlineData("0000")]
    [InlineData("")]
    public async Task Batteries_that_no_serial_number_tells_apart_may_be_one_and_a_person_is_asked(string serial)
    {
        Nameplate nameplate = await ReadAsync(tables => tables.With(First, "SN-1", 9700, 5000).With(Second, serial, 9700, 5000));

        Assert.Equal(
            [nameof(NameplateOverrides.CapacityWh), nameof(NameplateOverrides.MaxChargeW), nameof(NameplateOverrides.MaxDischargeW)],
            nameplate.Warnings.Where(warning => warning.NeedsPerson).Select(warning => warning.Override));
        Assert.All(nameplate.Warnings, warning => Assert.StartsWith("battery 2 (holding 200 (0x00C8)) may be one of the others", warning.Sentence, StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_battery_without_a_serial_number_is_nobody_elses() =>
        Assert.Empty((await ReadAsync(tables => tables.With(First, "", 9700, 5000))).Warnings);

    /// <summary>A block that is moved by a register makes floats of next to nothing, which a sum hides: 5000.0000000007 W.</summary>
    [Fact]
    public async Task A_part_that_no_battery_has_makes_the_sum_invalid_and_not_a_little_larger()
    {
        Nameplate nameplate = await ReadAsync(tables => tables.With(First, "SN-1", 9700, 5000).With(Second, "SN-2", 9700, 2));

        Assert.Equal(FieldState.Invalid, nameplate.MaxChargeW.State);
        Assert.Contains("holding 205 (0x00CD) says 2 W", nameplate.MaxChargeW.Reason, StringComparison.Ordinal);
    }

    /// <summary>Silence means "not there" to some families (SolarEdge); exception 4 is a fault, and a battery that is left out makes the sum wrong.</summary>
    [Fact]
    public async Task A_block_that_fails_is_not_a_block_that_is_not_there()
    {
        DeviceTables tables = new() { IsSilentOutside = true };
        tables.Holding(1).U16(10, 7).With(First, "SN-1", 9700, 5000).With(Second, "SN-2", 9700, 5000);
        int faults = 0;
        ScriptedBank bank = new(new SimulatedDevice(tables, DeviceWire.Rtu), (_, _, address) => address >= Second && ++faults % 2 == 1 ? ModbusExceptionCode.DeviceFailure : null);

        Nameplate nameplate = await ProfileOf.ReadAsync(Profile with { Quirks = new() { SilentInsteadOfException = ProfileOf.Quirk(true) } }, ProfileOf.Client(bank));

        Assert.Equal(19_400m, nameplate.CapacityWh.Value);
    }

    [Fact]
    public async Task A_name_without_energy_and_power_is_a_phantom()
    {
        Nameplate nameplate = await ReadAsync(tables => tables.With(First, "SN-1", 9700, 5000).With(Second, "SN-2", 0, 0));

        Assert.Equal(9700m, nameplate.CapacityWh.Value);
        Assert.Single(nameplate.Batteries);
        Assert.Contains(nameplate.Warnings, warning => warning is { Code: "map", NeedsPerson: false });
    }

    /// <summary>Pitfall 20: the rated energy reads 0 after a firmware update while all else works (solaredge-modbus-multi#961).</summary>
    [Fact]
    public async Task A_battery_that_lost_its_energy_makes_the_sum_invalid_and_not_smaller()
    {
        Nameplate nameplate = await ReadAsync(tables => tables.With(First, "SN-1", 9700, 5000).With(Second, "SN-2", 0, 5000));

        Assert.Equal(FieldState.Invalid, nameplate.CapacityWh.State);
        Assert.Equal("holding 204 (0x00CC) is 0, and nothing is rated at 0: the battery or inverter that it tells of may not be connected, or may not answer yet", nameplate.CapacityWh.Reason);
        Assert.Equal(10_000m, nameplate.MaxChargeW.Value);
    }

    [Fact]
    public async Task A_battery_that_tells_no_power_makes_the_summed_power_unknown()
    {
        Nameplate nameplate = await ReadAsync(tables => tables.With(First, "SN-1", 9700, 5000).With(Second, "SN-2", 9700, 0xFFFF));

        Assert.Equal(19_400m, nameplate.CapacityWh.Value);
        Assert.Equal(FieldState.NotImplemented, nameplate.MaxChargeW.State);
    }

    [Fact]
    public async Task Without_any_battery_nothing_is_made_up()
    {
        Nameplate nameplate = await ReadAsync(_ => { });

        Assert.Equal(FieldState.NotImplemented, nameplate.CapacityWh.State);
        Assert.Empty(nameplate.Batteries);
    }

    private static DeviceProfile Profile => ProfileOf.Registers(
        (ProfileField.CapacityWh, [new ProfileValue.OfBatteries(BatteryField.CapacityWh)]),
        (ProfileField.BatteryChargeW, [new ProfileValue.OfBatteries(BatteryField.ChargeW)])) with
    {
        Batteries = new([First, Second], new Dictionary<BatteryField, ProfilePoint>
        {
            [BatteryField.SerialNumber] = ProfileOf.Text("serial_number", 0, 4),
            [BatteryField.CapacityWh] = ProfileOf.U16("capacity_wh", 4, "Wh"),
            [BatteryField.ChargeW] = ProfileOf.U16("charge_w", 5, "W"),
        }, ProfileOf.Certain),
    };

    private static Task<Nameplate> ReadAsync(Action<DeviceRegisters> batteries)
    {
        DeviceTables tables = new();
        batteries(tables.Holding(1).U16(10, 7));
        return ProfileOf.ReadAsync(Profile, tables);
    }
}

internal static class BatteryBlocks
{
    public static DeviceRegisters With(this DeviceRegisters registers, int at, string serial, int capacityWh, int chargeW) =>
        registers.Text(at, 4, serial).U16(at + 4, capacityWh).U16(at + 5, chargeW);
}
