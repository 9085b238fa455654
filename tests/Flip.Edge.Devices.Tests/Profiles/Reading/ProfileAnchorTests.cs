using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Devices;

namespace Flip.Edge.Devices.Tests.Profiles.Reading;

public sealed class ProfileAnchorTests
{
    private static readonly DeviceProfile Acme = ProfileOf.Registers();

    [Fact]
    public async Task It_holds_for_the_family_and_says_by_what()
    {
        AnchorVerdict verdict = await CheckAsync(Acme, ProfileOf.Client(ProfileOf.Device()));

        Assert.True(verdict is { Holds: true, Answered: true, Shift: 0 });
        Assert.Equal("holding 10 (0x000A) reads 0x0007", verdict.Sentence);
    }

    [Fact]
    public async Task Where_it_does_not_hold_the_sentence_tells_what_was_found_and_expected()
    {
        DeviceTables tables = new();
        tables.Holding(1).U16(10, 0x102);

        AnchorVerdict verdict = await CheckAsync(Acme, ProfileOf.Client(tables));

        Assert.True(verdict is { Holds: false, Answered: true, IsAllZero: false });
        Assert.Equal("holding 10 (0x000A) reads 0x0102 and has to be 0x0007", verdict.Sentence);
    }

    [Fact]
    public async Task Nothing_is_asked_twice_by_however_many_anchors()
    {
        BankClient client = ProfileOf.Client(ProfileOf.Device());
        AnchorReads reads = new(client);

        await CheckAsync(Acme, reads);
        await CheckAsync(Acme with { Name = "other" }, reads);

        Assert.Single(client.Reads);
    }

    [Theory]
    [InlineData(DeviceWire.Rtu)]
    [InlineData(DeviceWire.Tcp)]
    public async Task A_unit_that_is_not_there_answered_nothing_and_is_asked_once(DeviceWire wire)
    {
        DeviceProfile profile = Acme.With(ProfileOf.U16("far", 5000)) with { Anchor = [new() { Point = "type", In = [7] }, new() { Point = "far", In = [1] }] };
        BankClient client = ProfileOf.Client(ProfileOf.Device(), wire);

        AnchorVerdict verdict = await CheckAsync(profile, new AnchorReads(client), unit: 9);

        Assert.True(verdict is { Holds: false, Answered: false });
        Assert.Single(client.Reads);
    }

    [Fact]
    public async Task The_first_check_that_fails_is_enough()
    {
        DeviceProfile profile = Acme.With(ProfileOf.U16("far", 5000)) with { Anchor = [new() { Point = "far", In = [1] }, new() { Point = "type", In = [8] }] };
        BankClient client = ProfileOf.Client(ProfileOf.Device());

        AnchorVerdict verdict = await CheckAsync(profile, client);

        Assert.False(verdict.Holds);
        Assert.Single(client.Reads);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_map_that_is_known_to_be_shifted_on_some_firmware_is_found_where_it_is(int shift)
    {
        DeviceProfile profile = Acme with { Quirks = new() { AddressShifts = ProfileOf.Quirk<IReadOnlyList<int>>([-1, 1]) } };
        DeviceTables tables = new();
        tables.Holding(1).Fill(0, 40, 3).U16(10 + shift, 7);

        AnchorVerdict verdict = await CheckAsync(profile, ProfileOf.Client(tables));

        Assert.True(verdict.Holds);
        Assert.Equal(shift, verdict.Shift);
        Assert.Contains("the whole map is shifted", verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_shift_that_is_known_of_the_same_device_is_none_of_the_family()
    {
        DeviceTables tables = new();
        tables.Holding(1).Fill(0, 40, 3).U16(11, 7);

        Assert.False((await CheckAsync(Acme, ProfileOf.Client(tables))).Holds);
    }

    [Fact]
    public async Task A_profile_without_an_anchor_holds_for_nothing() =>
        Assert.False((await CheckAsync(Acme with { Anchor = [] }, ProfileOf.Client(ProfileOf.Device()))).Holds);

    [Theory]
    [InlineData("DeviceMaker", true)]
    [InlineData("devicemaker", true)]
    [InlineData("Other", false)]
    public async Task Of_a_SunSpec_device_the_common_model_can_be_checked(string start, bool expected)
    {
        DeviceProfile profile = Acme with { Map = ProfileMap.SunSpec, Anchor = [new() { Point = "1.Mn", StartsWith = [start] }] };
        BankClient client = ProfileOf.Client(Images.Device("hybrid"));

        AnchorVerdict verdict = await CheckAsync(profile, client);

        Assert.Equal(expected, verdict.Holds);
        Assert.Contains("\"DeviceMaker\"", verdict.Sentence, StringComparison.Ordinal);
        Assert.Single(client.Reads);
    }

    [Theory]
    [InlineData("4.18", null, true)]
    [InlineData("4.19", null, false)]
    [InlineData(null, "4.18.34", true)]
    [InlineData(null, "4.18.33", false)]
    [InlineData("4.9", "4.20", true)]
    public async Task Versions_are_compared_number_by_number(string? from, string? to, bool expected)
    {
        DeviceProfile profile = Acme.With(ProfileOf.Text("version", 30, 8)) with { Anchor = [new() { Point = "version", Versions = (from, to) }] };
        DeviceTables tables = ProfileOf.Device();
        tables.Holding(1).Text(30, 8, "V0004.0018.0034");

        Assert.Equal(expected, (await CheckAsync(profile, ProfileOf.Client(tables))).Holds);
    }

    [Fact]
    public async Task Every_part_of_a_check_has_to_hold()
    {
        ProfileCheck check = new() { Point = "serial", StartsWith = ["A"], Length = (10, 12), Contains = ["99"] };
        DeviceProfile profile = Acme.With(ProfileOf.Text("serial", 30, 8)) with { Anchor = [check] };
        DeviceTables tables = ProfileOf.Device();
        tables.Holding(1).Text(30, 8, "A23504157");

        AnchorVerdict verdict = await CheckAsync(profile, ProfileOf.Client(tables));

        Assert.False(verdict.Holds);
        Assert.Contains("has to contain \"99\", and has to be 10 to 12 letters", verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_connection_is_no_verdict()
    {
        ScriptedBank bank = new(new SimulatedDevice(ProfileOf.Device(), DeviceWire.Tcp), (_, _, _) => throw new ModbusConnectionException(default, ModbusConnectionFailure.Lost, "gone"));

        await Assert.ThrowsAsync<ModbusConnectionException>(() => CheckAsync(Acme, ProfileOf.Client(bank)));
    }

    private static Task<AnchorVerdict> CheckAsync(DeviceProfile profile, IModbusClient client) => CheckAsync(profile, new AnchorReads(client));

    private static Task<AnchorVerdict> CheckAsync(DeviceProfile profile, AnchorReads reads, byte unit = 1) =>
        new ProfileAnchor(new HurriedTime()).CheckAsync(reads, unit, profile, TestContext.Current.CancellationToken);
}
