using System.Text;
using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.Tests.Profiles.Files;

public sealed class ProfileFileTests
{
    private readonly DeviceProfile _profile = Sample.Read(Sample.Json);

    [Fact]
    public void The_head_says_what_it_is()
    {
        Assert.Equal("volta-h@3", _profile.Id);
        Assert.Equal("Volta H1 to H3", _profile.Title);
        Assert.Equal(["Volta", "Amp & Sons"], _profile.Brands);
        Assert.Equal(ProfileMap.Registers, _profile.Map);
        Assert.Equal(30, _profile.ProbeOrder);
        Assert.Equal(["VOLTA"], _profile.WhenSunSpecSays);
        Assert.Null(_profile.Sources["manual"].Url);
        Assert.Equal("https://example.com/volta.py", _profile.Sources["reader"].Url);
    }

    [Fact]
    public void The_transport_has_ports_line_and_menu_path()
    {
        ProfileTransport transport = _profile.Transport;
        Assert.Equal([502, 1502], transport.TcpPorts);
        Assert.Equal([8899], transport.RtuOverTcpPorts);
        Assert.Equal([9600, 19200], transport.BaudRates);
        Assert.Equal(SerialParity.Even, transport.Parity);
        Assert.Equal(2, transport.StopBits);
        Assert.Equal("Menu > Communication > Modbus: on", transport.Enable);
        Assert.Equal([(byte)1, (byte)247], _profile.Units["main"]);
        Assert.Equal([(byte)2], _profile.Units["meter"]);
    }

    [Fact]
    public void A_point_has_the_defaults_of_its_profile()
    {
        ProfilePoint capacity = _profile.Points["capacity"];
        Assert.Equal(4, capacity.Function);
        Assert.Equal(2, capacity.Registers);
        Assert.Equal(WordOrder.LowFirst, capacity.WordOrder);
        Assert.Equal(ZeroMeaning.Absent, capacity.Zero);
        Assert.Equal((500m, 1_000_000m), capacity.Between);
        Assert.Equal(["manual", "reader"], capacity.Evidence.Sources);
        Assert.Equal(Confidence.TwoSources, capacity.Evidence.Confidence);

        ProfilePoint code = _profile.Points["type_code"];
        Assert.Equal(0x10, code.Address);
        Assert.Equal(3, code.Function);
        Assert.Equal(ZeroMeaning.Value, code.Zero);
        Assert.Equal([0xFFFFUL, 0xFFFEUL], code.Sentinels);
        Assert.Equal(["manual"], code.Evidence.Sources);
        Assert.Equal(Confidence.OneSource, code.Evidence.Confidence);
        Assert.Equal(DeviceProfile.MainUnit, code.On);
    }

    [Fact]
    public void What_a_point_says_itself_wins()
    {
        Assert.Equal(WordOrder.HighFirst, _profile.Points["amp_hours"].WordOrder);
        Assert.Empty(_profile.Points["amp_hours"].Sentinels);
        Assert.Equal(ZeroMeaning.Invalid, _profile.Points["volts"].Zero);
        Assert.Equal(0.1m, _profile.Points["volts"].Scale);
        Assert.Equal(FieldKind.Configured, _profile.Points["charge"].Kind);
        Assert.Equal((4, 4), _profile.Points["modules"].Bits);
        Assert.Equal("meter", _profile.Points["meter_w"].On);
        Assert.Equal([0x7F7FFFFFUL], _profile.Points["meter_w"].Sentinels);
        Assert.Equal(CharacterOrder.LowByteFirst, _profile.Points["serial"].Characters);
        Assert.Equal(8, _profile.Points["serial"].Registers);
    }

    [Fact]
    public void A_negative_sentinel_is_its_bit_pattern()
    {
        DeviceProfile profile = Sample.Read(Sample.Json.Replace("\"sentinels\": [] }", "\"sentinels\": [-2, \"0x80000000\"] }", StringComparison.Ordinal));

        Assert.Equal([0xFFFFFFFEUL, 0x80000000UL], profile.Points["amp_hours"].Sentinels);
    }

    [Fact]
    public void A_code_with_0x_in_a_signed_point_is_its_bits()
    {
        DeviceProfile profile = Sample.Read(Sample.Json
            .Replace("\"address\": \"0x0010\", \"type\": \"u16\"", "\"address\": 16, \"type\": \"s16\"", StringComparison.Ordinal)
            .Replace("\"in\": [\"0x0000\"]", "\"in\": [\"0xFFFF\", -2, 7]", StringComparison.Ordinal));

        Assert.Equal([-1L, -2L, 7L], profile.Asleep[0].In);
    }

    [Fact]
    public void Quirks_tell_who_saw_them()
    {
        ProfileQuirks quirks = _profile.Quirks;
        Assert.Equal(TimeSpan.FromMilliseconds(500), quirks.ConnectDelay!.Value);
        Assert.Equal(["reader"], quirks.ConnectDelay.Evidence.Sources);
        Assert.Equal(Confidence.Unsure, quirks.ConnectDelay.Evidence.Confidence);
        Assert.Equal("or it resets", quirks.ConnectDelay.Note);
        Assert.Equal((TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(3)), quirks.ResponseTimeout!.Value);
        Assert.Equal(64, quirks.RegistersPerRead!.Value);
        Assert.True(quirks.IgnoreTransactionId!.Value && quirks.StripEcho!.Value && quirks.OneClient!.Value && quirks.SilentInsteadOfException!.Value);
        Assert.Equal("capacity", quirks.WordOrderBySetting!.Value);
        Assert.Equal(["batteries", "volts"], quirks.BlocksMayBeMissing!.Value);
        Assert.Equal([-1, 1], quirks.AddressShifts!.Value);
    }

    [Fact]
    public void The_anchor_is_read_with_all_its_conditions()
    {
        Assert.Equal("models", _profile.Anchor[0].InTable);
        Assert.Equal([0L], _profile.Anchor[0].NotIn);
        Assert.Equal(["VT"], _profile.Anchor[1].StartsWith);
        Assert.Equal((10, 16), _profile.Anchor[1].Length);
        Assert.Equal(("1.4", null), _profile.Anchor[2].Versions);
        Assert.Equal([0L], Assert.Single(_profile.Asleep).In);
        Assert.Equal("H2", _profile.Tables["models"][258]);
        Assert.Equal("5000", _profile.Tables["powers"][0x101]);
    }

    [Fact]
    public void Batteries_have_their_blocks()
    {
        Assert.Equal([1000, 0x500], _profile.Batteries!.Bases);
        Assert.Equal(["reader"], _profile.Batteries.Evidence.Sources);
        Assert.Equal(10, _profile.Batteries.Points[BatteryField.CapacityWh].Address);
        Assert.Equal([0x7F7FFFFFUL], _profile.Batteries.Points[BatteryField.CapacityWh].Sentinels);
    }

    [Fact]
    public void Values_are_in_the_order_of_the_file()
    {
        IReadOnlyList<ProfileValue> capacity = _profile.Nameplate[ProfileField.CapacityWh];
        Assert.Equal("capacity", Assert.IsType<ProfileValue.OfPoint>(capacity[0]).Point);
        Assert.Equal(BatteryField.CapacityWh, Assert.IsType<ProfileValue.OfBatteries>(capacity[1]).Field);
        Assert.Equal((1m, 6m), capacity[1].When!.Between);
        Assert.Equal("nominal", capacity[2].Note);
        Assert.Equal("2560", Assert.IsType<ProfileValue.Constant>(Assert.IsType<ProfileValue.Product>(capacity[3]).Parts[1]).Text);
        Assert.Equal("it stands on the label", Assert.IsType<ProfileValue.Missing>(capacity[4]).Why);
        Assert.Equal(FieldKind.Rated, _profile.Nameplate[ProfileField.InverterChargeW][0].Kind);
        Assert.Equal(1000m, Assert.IsType<ProfileValue.DigitsOf>(_profile.Nameplate[ProfileField.InverterRatedW][0]).Scale);
    }

    [Fact]
    public void Ampere_hours_times_volts_are_an_estimate_and_modules_times_their_size_are_not()
    {
        IReadOnlyList<ProfileValue> capacity = _profile.Nameplate[ProfileField.CapacityWh];

        Assert.Equal(FieldKind.Estimated, capacity[2].Kind);
        Assert.Null(capacity[3].Kind);
    }

    [Fact]
    public void Fields_that_a_SunSpec_family_leaves_out_are_what_SunSpec_makes_of_them()
    {
        DeviceProfile profile = Sample.Read(Sample.SunSpec);

        Assert.IsType<ProfileValue.OfSunSpec>(Assert.Single(profile.Nameplate[ProfileField.SerialNumber]));
        Assert.Equal(Enum.GetValues<ProfileField>().Length, profile.Nameplate.Count);
        Assert.Equal([(byte)1], profile.Units[DeviceProfile.MainUnit]);
        Assert.Equal((ushort)64200, profile.Points["part"].SunSpecModel);
        Assert.Equal(6, profile.Points["part"].ScaleFactorAddress);
        Assert.Equal((702, "WMaxRtg"), (profile.SunSpec.Ignore[0].Model, profile.SunSpec.Ignore[0].Point));
        Assert.Equal(["Battery"], profile.SunSpec.Directory!.PartModels);
    }

    [Fact]
    public void A_family_without_Modbus_has_a_sentence()
    {
        DeviceProfile profile = Sample.Read(Sample.NoModbus);

        Assert.Equal(ProfileMap.None, profile.Map);
        Assert.Equal("It has no Modbus.", profile.NoModbus);
    }

    [Fact]
    public void A_byte_order_mark_is_passed_over()
    {
        Assert.NotNull(ProfileFile.Read([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Sample.Json)], out _));
    }
}
