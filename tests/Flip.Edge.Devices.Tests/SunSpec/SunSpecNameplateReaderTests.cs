using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.SunSpec;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Devices;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Devices.Tests.SunSpec;

public sealed class SunSpecNameplateReaderTests
{
    [Fact]
    public async Task A_hybrid_inverter_tells_its_whole_nameplate_with_evidence()
    {
        Nameplate nameplate = await Images.ReadAsync("hybrid");

        Assert.Equal("DeviceMaker", nameplate.Manufacturer.Value);
        Assert.Equal("Model 1", nameplate.Model.Value);
        Assert.Equal("123456789", nameplate.SerialNumber.Value);
        Assert.Equal("1.2.3", nameplate.Firmware.Value);
        Assert.Equal(15_000m, nameplate.CapacityWh.Value);
        Assert.Equal("SunSpec 802 WHRtg", nameplate.CapacityWh.Source);
        Assert.Equal(FieldKind.Rated, nameplate.CapacityWh.Kind);
        Assert.Equal([1500, 1], nameplate.CapacityWh.Raw);
        Assert.Equal(6000m, nameplate.MaxChargeW.Value);
        Assert.Equal(7500m, nameplate.MaxDischargeW.Value);
        Assert.Empty(nameplate.Warnings);
        Assert.Empty(MissingField.Of(nameplate));
    }

    [Theory]
    [InlineData("l65", 40000)]
    [InlineData("base-0", 0)]
    [InlineData("base-50000", 50000)]
    [InlineData("no-end-marker", 40000)]
    public async Task The_same_device_in_another_shape_has_the_same_nameplate(string image, int baseAddress)
    {
        await using BankClient client = new(Images.Device(image));
        Nameplate nameplate = (await Images.ReadAsync(client)).Nameplate;

        Assert.Equal("123456789", nameplate.SerialNumber.Value);
        Assert.Equal(15_000m, nameplate.CapacityWh.Value);
        Assert.Equal(6000m, nameplate.MaxChargeW.Value);
        Assert.Equal(7500m, nameplate.MaxDischargeW.Value);
        Assert.Contains(client.Reads, read => read.Address == baseAddress && read.Answered);
    }

    [Fact]
    public async Task A_map_without_an_end_marker_is_kept_with_a_note()
    {
        Nameplate nameplate = await Images.ReadAsync("no-end-marker");

        NameplateWarning note = Assert.Single(nameplate.Warnings);
        Assert.Equal("map", note.Code);
        Assert.Contains("no end marker", note.Sentence, StringComparison.Ordinal);
        Assert.False(note.NeedsPerson);
    }

    [Fact]
    public async Task Ratings_of_models_702_and_713_are_preferred_to_all_others()
    {
        Nameplate nameplate = await Images.ReadAsync("hybrid-7xx");

        Assert.Equal("OtherMaker", nameplate.Manufacturer.Value);
        Assert.Equal(10_000m, nameplate.CapacityWh.Value);
        Assert.Equal("SunSpec 713 WHRtg", nameplate.CapacityWh.Source);
        Assert.Equal(5000m, nameplate.MaxChargeW.Value);
        Assert.Equal("SunSpec 702 WChaRteMaxRtg", nameplate.MaxChargeW.Source);
        Assert.Equal(5000m, nameplate.MaxDischargeW.Value);
    }

    [Fact]
    public async Task Two_batteries_behind_one_inverter_add_up()
    {
        Nameplate nameplate = await Images.ReadAsync("two-batteries");

        Assert.Equal(15_000m, nameplate.CapacityWh.Value);
        Assert.Equal("sum of 2 × SunSpec 802 WHRtg", nameplate.CapacityWh.Source);
        Assert.Equal(4, nameplate.CapacityWh.Raw.Count);
        Assert.Equal(6000m, nameplate.MaxChargeW.Value);
        Assert.Equal(7500m, nameplate.MaxDischargeW.Value);
    }

    [Fact]
    public async Task A_battery_stronger_than_its_inverter_is_limited_by_the_inverter_and_says_so()
    {
        Nameplate nameplate = await Images.ReadAsync("inverter-limits");

        Assert.Equal(5000m, nameplate.MaxChargeW.Value);
        Assert.Equal(FieldKind.Limited, nameplate.MaxChargeW.Kind);
        Assert.Equal("SunSpec 120 WRtg, below SunSpec 802 WChaRteMax", nameplate.MaxChargeW.Source);
        Assert.Equal(LimitingPart.Inverter, nameplate.Limits.ChargeLimitedBy);
        Assert.Equal(10_000m, nameplate.Limits.BatteryChargeW.Value);
        Assert.Equal(5000m, nameplate.Limits.InverterRatedW.Value);
    }

    [Fact]
    public async Task A_battery_weaker_than_its_inverter_is_the_limit_and_says_so()
    {
        Nameplate nameplate = await Images.ReadAsync("two-batteries");

        Assert.Equal(LimitingPart.Battery, nameplate.Limits.ChargeLimitedBy);
        Assert.Equal(LimitingPart.Battery, nameplate.Limits.DischargeLimitedBy);
    }

    [Fact]
    public async Task Two_capacities_that_differ_are_a_conflict_that_a_person_decides()
    {
        Nameplate nameplate = await Images.ReadAsync("conflict");

        Assert.Equal(15_000m, nameplate.CapacityWh.Value);
        NameplateWarning conflict = Assert.Single(nameplate.Warnings, warning => warning.Code == "conflict");
        Assert.True(conflict.NeedsPerson);
        Assert.Contains("15000 Wh (SunSpec 713 WHRtg)", conflict.Sentence, StringComparison.Ordinal);
        Assert.Contains("10000 Wh (SunSpec 802 WHRtg)", conflict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_capacity_of_zero_is_invalid_and_never_a_capacity()
    {
        Nameplate nameplate = await Images.ReadAsync("zero-capacity");

        Assert.Equal(FieldState.Invalid, nameplate.CapacityWh.State);
        Assert.Contains("nothing is rated at 0", nameplate.CapacityWh.Reason, StringComparison.Ordinal);
        MissingField missing = Assert.Single(MissingField.Of(nameplate));
        Assert.Equal("CapacityWh", missing.Override);
    }

    [Fact]
    public async Task Sentinels_are_not_implemented_and_never_numbers()
    {
        Nameplate nameplate = await Images.ReadAsync("sentinels");

        Assert.Equal(FieldState.NotImplemented, nameplate.CapacityWh.State);
        Assert.Equal(FieldState.NotImplemented, nameplate.MaxChargeW.State);
        Assert.Equal(FieldState.NotImplemented, nameplate.MaxDischargeW.State);
        Assert.Equal(FieldState.NotImplemented, nameplate.Firmware.State);
        Assert.Equal("DeviceMaker", nameplate.Manufacturer.Value);
        Assert.Equal(["CapacityWh", "MaxChargeW", "MaxDischargeW"], MissingField.Of(nameplate).Select(field => field.Override));
    }

    [Fact]
    public async Task An_inverter_without_storage_has_no_battery_values()
    {
        Nameplate nameplate = await Images.ReadAsync("pv-only");

        Assert.Equal(FieldState.NotImplemented, nameplate.CapacityWh.State);
        Assert.Equal(FieldState.NotImplemented, nameplate.MaxChargeW.State);
        Assert.Equal(7600m, nameplate.Limits.InverterRatedW.Value);
    }

    [Fact]
    public async Task Garbled_strings_are_invalid_and_never_sent()
    {
        Nameplate nameplate = await Images.ReadAsync("garbage-strings");

        Assert.Equal("DeviceMaker", nameplate.Manufacturer.Value);
        Assert.Equal(FieldState.Invalid, nameplate.Model.State);
        Assert.Equal(FieldState.Invalid, nameplate.SerialNumber.State);
        Assert.Contains("\\xE4", nameplate.SerialNumber.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_without_a_marker_is_named_with_what_was_tried()
    {
        DeviceNotReadableException refused = await Assert.ThrowsAsync<DeviceNotReadableException>(() => Images.ReadAsync("not-sunspec"));

        Assert.Contains("/dev/ttyTest unit 1", refused.Message, StringComparison.Ordinal);
        Assert.Contains("40000, 50000, 0", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_unit_that_is_silent_everywhere_is_a_time_out_after_four_tries()
    {
        await using BankClient client = new(Images.Device("hybrid"));

        await Assert.ThrowsAsync<ModbusTimeoutException>(
            () => new SunSpecNameplateReader(new FakeTimeProvider()).ReadAsync(client, 9, TestContext.Current.CancellationToken));

        Assert.Equal([40000, 40000, 50000, 0], client.Reads.Select(read => (int)read.Address));
    }

    [Fact]
    public async Task A_value_that_changes_between_the_readings_is_invalid()
    {
        ChangingBank bank = new(Images.Device("hybrid"), register: 802);

        Nameplate nameplate = (await Images.ReadAsync(new BankClient(bank))).Nameplate;

        Assert.Equal(FieldState.Invalid, nameplate.CapacityWh.State);
        Assert.Contains("differ", nameplate.CapacityWh.Reason, StringComparison.Ordinal);
        Assert.Contains(nameplate.Warnings, warning => warning.Code == "disagree");
        Assert.Equal(6000m, nameplate.MaxChargeW.Value);
    }

    [Fact]
    public async Task One_slip_is_forgiven_when_the_next_two_readings_agree()
    {
        ChangingBank bank = new(Images.Device("hybrid"), register: 802, changes: 1);

        Nameplate nameplate = (await Images.ReadAsync(new BankClient(bank))).Nameplate;

        Assert.Equal(15_000m, nameplate.CapacityWh.Value);
        Assert.Empty(nameplate.Warnings);
    }

    [Fact]
    public async Task A_busy_device_is_waited_for()
    {
        FakeTimeProvider time = new() { AutoAdvanceAmount = TimeSpan.FromMilliseconds(10) };
        BusyBank bank = new(Images.Device("hybrid"), busy: 3);
        Task<NameplateReading> reading = new SunSpecNameplateReader(time).ReadAsync(new BankClient(bank), 1, TestContext.Current.CancellationToken);
        while (!reading.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        Assert.Equal(15_000m, (await reading).Nameplate.CapacityWh.Value);
    }

    [Theory]
    [InlineData(125)]
    [InlineData(64)]
    [InlineData(60)]
    public async Task A_device_that_allows_few_registers_at_once_is_read_all_the_same(int registersPerRead)
    {
        await using BankClient client = new(Images.Device("hybrid"), options: new() { RegistersPerRead = registersPerRead });

        Nameplate nameplate = (await Images.ReadAsync(client)).Nameplate;

        Assert.All(client.Reads, read => Assert.True(read.Count <= registersPerRead));
        Assert.Equal(15_000m, nameplate.CapacityWh.Value);
    }

    /// <summary>The word at the offset of model 802's WHRtg differs in the first reads of it.</summary>
    private sealed class ChangingBank(IRegisterBank inner, int register, int changes = int.MaxValue) : IRegisterBank
    {
        // Model 802 of the image hybrid begins at 40284: marker, 1, 103, 120 to 124; WHRtg is its fourth register.
        private const int EnergyRating = 40002 + 68 + 52 + 28 + 32 + 46 + 26 + 26 + 3;
        private int _reads;

        public ModbusExceptionCode? Read(byte unit, byte function, ushort address, Span<ushort> destination)
        {
            ModbusExceptionCode? refused = inner.Read(unit, function, address, destination);
            int at = EnergyRating - address;
            if (register == 802 && refused is null && at >= 0 && at < destination.Length && _reads++ < changes) destination[at] += (ushort)(_reads * 10);
            return refused;
        }

        public ModbusExceptionCode? Write(byte unit, ushort address, ReadOnlySpan<ushort> values) => ModbusExceptionCode.IllegalFunction;
    }

    private sealed class BusyBank(IRegisterBank inner, int busy) : IRegisterBank
    {
        private int _left = busy;

        public ModbusExceptionCode? Read(byte unit, byte function, ushort address, Span<ushort> destination) =>
            _left-- > 0 ? ModbusExceptionCode.DeviceBusy : inner.Read(unit, function, address, destination);

        public ModbusExceptionCode? Write(byte unit, ushort address, ReadOnlySpan<ushort> values) => ModbusExceptionCode.IllegalFunction;
    }
}
