using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Devices;

namespace Flip.Edge.Devices.Tests.Profiles.Reading;

public sealed class NameplateReaderTests
{
    private static readonly DeviceProfile Acme = ProfileOf.Registers((ProfileField.CapacityWh, [ProfileOf.Point("capacity")]));

    [Fact]
    public async Task A_point_becomes_a_field_with_its_register_as_evidence()
    {
        Nameplate nameplate = await ProfileOf.ReadAsync(Acme, ProfileOf.Device());

        Assert.Equal("acme@3", nameplate.Profile);
        Assert.Equal((10_000m, "Wh", FieldKind.Rated), (nameplate.CapacityWh.Value, nameplate.CapacityWh.Unit, nameplate.CapacityWh.Kind));
        Assert.Equal("holding 20 (0x0014)", nameplate.CapacityWh.Source);
        Assert.Equal([10_000], nameplate.CapacityWh.Raw);
        Assert.Empty(nameplate.Warnings);
    }

    [Fact]
    public async Task A_family_without_Modbus_is_told_so_at_once_and_asked_nothing()
    {
        BankClient client = ProfileOf.Client(ProfileOf.Device());
        DeviceProfile none = Acme with { Map = ProfileMap.None, NoModbus = "It speaks only its maker's cloud." };

        DeviceNotReadableException told = await Assert.ThrowsAsync<DeviceNotReadableException>(() => ProfileOf.ReadAsync(none, client));

        Assert.Equal("It speaks only its maker's cloud.", told.Message);
        Assert.Empty(client.Reads);
    }

    [Fact]
    public async Task Nothing_is_believed_of_a_device_that_is_not_what_the_profile_describes()
    {
        DeviceTables tables = ProfileOf.Device();
        tables.Holding(1).U16(10, 8);

        DeviceNotReadableException told = await Assert.ThrowsAsync<DeviceNotReadableException>(() => ProfileOf.ReadAsync(Acme, tables));

        Assert.Contains("holding 10 (0x000A) reads 0x0008 and has to be 0x0007", told.Message, StringComparison.Ordinal);
    }

    /// <summary>Pitfall 28: at night some devices answer zeros that look healthy (solaredge-modbus-multi#810).</summary>
    [Fact]
    public async Task Nothing_but_zeros_is_sleep()
    {
        DeviceTables tables = new();
        tables.Holding(1).Fill(0, 40);

        DeviceNotReadableException told = await Assert.ThrowsAsync<DeviceNotReadableException>(() => ProfileOf.ReadAsync(Acme, tables));

        Assert.Contains("asleep", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_that_says_that_it_sleeps_is_waited_for()
    {
        DeviceProfile profile = Acme.With(ProfileOf.U16("state", 12)) with { Asleep = [new() { Point = "state", In = [2] }] };
        DeviceTables tables = ProfileOf.Device();
        tables.Holding(1).U16(12, 2);

        DeviceNotReadableException told = await Assert.ThrowsAsync<DeviceNotReadableException>(() => ProfileOf.ReadAsync(profile, tables));

        Assert.Contains("sleeps: holding 12 (0x000C) reads 0x0002", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_register_that_the_firmware_lacks_makes_its_own_field_missing_and_no_other()
    {
        DeviceProfile profile = ProfileOf.Registers((ProfileField.CapacityWh, [ProfileOf.Point("capacity")]), (ProfileField.BatteryChargeW, [ProfileOf.Point("charge")]))
            .With(ProfileOf.U16("charge", 22, "W"));

        Nameplate nameplate = await ProfileOf.ReadAsync(profile, ProfileOf.Device());

        Assert.Equal(10_000m, nameplate.CapacityWh.Value);
        Assert.Equal(FieldState.NotImplemented, nameplate.MaxChargeW.State);
        Assert.Equal("holding 22 (0x0016) is not served by this device or its firmware (exception 2)", nameplate.MaxChargeW.Reason);
    }

    [Fact]
    public async Task The_second_reading_does_not_repeat_what_was_refused_for_its_gaps()
    {
        DeviceProfile profile = ProfileOf.Registers((ProfileField.CapacityWh, [ProfileOf.Point("capacity")]));
        BankClient client = ProfileOf.Client(ProfileOf.Device());

        await ProfileOf.ReadAsync(profile, client);

        // 10 to 20 in one read would be cheapest, and the device has a hole between.
        Assert.Equal([(10, 11, false), (10, 1, true), (20, 1, true), (10, 1, true), (20, 1, true)], client.Reads.Select(read => (read.Address, read.Count, read.Answered)));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(0)]
    public async Task A_register_that_fails_or_stays_silent_fails_the_reading_and_is_not_missing(byte answer)
    {
        ScriptedBank bank = Answering((_, address) => address == 20 ? (ModbusExceptionCode)answer : null);

        await Assert.ThrowsAnyAsync<ModbusException>(() => ProfileOf.ReadAsync(Apart, ProfileOf.Client(bank)));
    }

    [Theory]
    [InlineData(4, 2)]
    [InlineData(0, 2)]
    [InlineData(5, 4)]
    [InlineData(6, 4)]
    public async Task What_passes_is_waited_out(byte answer, int times)
    {
        int left = times;
        ScriptedBank bank = Answering((_, address) => address == 20 && left-- > 0 ? (ModbusExceptionCode)answer : null);

        Assert.Equal(10_000m, (await ProfileOf.ReadAsync(Apart, ProfileOf.Client(bank))).CapacityWh.Value);
    }

    [Fact]
    public async Task Silence_twice_means_not_there_where_the_family_is_known_for_it()
    {
        DeviceProfile profile = Apart with
        {
            Quirks = new() { SilentInsteadOfException = ProfileOf.Quirk(true), BlocksMayBeMissing = ProfileOf.Quirk<IReadOnlyList<string>>(["capacity"]) },
        };
        BankClient client = ProfileOf.Client(Answering((_, address) => address == 20 ? IRegisterBank.NoReply : null));

        Nameplate nameplate = await ProfileOf.ReadAsync(profile, client);

        Assert.Equal(FieldState.NotImplemented, nameplate.CapacityWh.State);
        Assert.Equal(4, client.Reads.Count(read => !read.Answered));
    }

    [Fact]
    public async Task Even_then_a_device_whose_anchor_is_silent_does_not_answer()
    {
        DeviceProfile profile = Apart with { Quirks = new() { SilentInsteadOfException = ProfileOf.Quirk(true) } };

        await Assert.ThrowsAsync<ModbusTimeoutException>(() => ProfileOf.ReadAsync(profile, ProfileOf.Client(Answering((_, _) => IRegisterBank.NoReply))));
    }

    [Fact]
    public async Task A_wrong_unit_id_behind_a_gateway_is_told_as_such()
    {
        ModbusDeviceException told = await Assert.ThrowsAsync<ModbusDeviceException>(
            () => ProfileOf.ReadAsync(Acme, ProfileOf.Client(Answering((_, _) => ModbusExceptionCode.GatewayTargetNoResponse))));

        Assert.Contains("check the unit id", told.Message, StringComparison.Ordinal);
    }

    /// <summary>Pitfall 9: data one register off, once.</summary>
    [Fact]
    public async Task A_value_that_is_told_differently_once_is_read_until_two_readings_agree()
    {
        ScriptedBank bank = Tampering(number => number == 2);

        Assert.Equal(10_000m, (await ProfileOf.ReadAsync(Apart, ProfileOf.Client(bank))).CapacityWh.Value);
    }

    [Fact]
    public async Task A_value_that_is_never_told_twice_alike_is_invalid()
    {
        Nameplate nameplate = await ProfileOf.ReadAsync(Apart, ProfileOf.Client(Tampering(_ => true)));

        Assert.Equal(FieldState.Invalid, nameplate.CapacityWh.State);
        Assert.Contains(nameplate.Warnings, warning => warning.Code == "disagree");
    }

    [Fact]
    public async Task What_a_person_wants_to_know_of_the_reading_is_kept()
    {
        await using BankClient client = ProfileOf.Client(ProfileOf.Device());

        NameplateReading reading = await new NameplateReader(new HurriedTime()).ReadAsync(client, 1, Acme, TestContext.Current.CancellationToken);

        Assert.Equal(client.Reads.Count, reading.Transactions);
        Assert.Equal(client.Reads.Select(read => ((int)read.Address, (int)read.Count)), reading.Reads.Select(read => (read.Address, read.Count)));
        Assert.Contains(reading.Wanted, wanted => wanted is { Name: "capacity", Address: 20 });
        Assert.NotNull(reading.Timing);
    }

    [Fact]
    public async Task A_number_that_the_profile_itself_supplies_is_an_estimate_that_a_person_confirms()
    {
        DeviceProfile profile = ProfileOf.Registers((ProfileField.CapacityWh, [new ProfileValue.Constant("12345", ProfileOf.Certain)]));

        Nameplate nameplate = await ProfileOf.ReadAsync(profile, ProfileOf.Client(ProfileOf.Device()));

        Assert.Equal((12_345m, FieldKind.Estimated), (nameplate.CapacityWh.Value, nameplate.CapacityWh.Kind));
        Assert.Contains(nameplate.Warnings, warning => warning is { Code: "estimate", NeedsPerson: true, Override: "CapacityWh" });
    }

    [Fact]
    public async Task The_converters_power_where_nothing_tells_the_batterys_is_asked_of_a_person()
    {
        DeviceProfile profile = ProfileOf.Registers((ProfileField.InverterChargeW, [ProfileOf.Point("converter")])).With(ProfileOf.U16("converter", 21, "W"));
        DeviceTables tables = ProfileOf.Device();
        tables.Holding(1).U16(21, 5000);

        Nameplate nameplate = await ProfileOf.ReadAsync(profile, ProfileOf.Client(tables));

        Assert.Equal(5000m, nameplate.MaxChargeW.Value);
        NameplateWarning asked = Assert.Single(nameplate.Warnings, warning => warning.Code == "inverter_alone");
        Assert.Equal((true, "MaxChargeW"), (asked.NeedsPerson, asked.Override));
        Assert.DoesNotContain(new NameplateOverrides { MaxChargeW = 4000 }.ApplyTo(nameplate).Warnings, warning => warning.NeedsPerson);
    }

    // The capacity too far from the anchor to be read with it.
    private static DeviceProfile Apart => Acme with { Quirks = new() { RegistersPerRead = ProfileOf.Quirk(8) } };

    private static ScriptedBank Answering(Func<int, int, ModbusExceptionCode?> answer) =>
        new(new SimulatedDevice(ProfileOf.Device(), DeviceWire.Rtu), (number, _, address) => answer(number, address));

    private static ScriptedBank Tampering(Func<int, bool> when) =>
        new(new SimulatedDevice(ProfileOf.Device(), DeviceWire.Rtu), (_, _, _) => null)
        {
            Tamper = (number, address, words) =>
            {
                if (address == 20 && when(number)) words.Span[0] = (ushort)(9000 + number);
            },
        };
}
