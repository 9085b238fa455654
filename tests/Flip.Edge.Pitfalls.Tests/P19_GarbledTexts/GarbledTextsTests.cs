using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Pitfalls.Support;
using Flip.Edge.Simulator.Devices;

namespace Flip.Edge.Pitfalls.P19_GarbledTexts;

/// <summary>
/// Texts with padding, NUL inside, bytes that are no ASCII, one character in each register, or a serial number that is cut: a bad serial
/// number is a missing one, and never garbage to the cloud. https://github.com/ViperRNMC/marstek_venus_modbus/pull/221,
/// https://github.com/DerOetzi/solaredge2mqtt/issues/281, https://github.com/TonyM1958/HA-FoxESS-Modbus/issues/5,
/// https://github.com/mr-manuel/venus-os_dbus-serialbattery/pull/355
/// </summary>
public sealed class GarbledTextsTests
{
    [Fact]
    public async Task A_text_ends_at_its_first_NUL_whatever_stands_behind()
    {
        Nameplate nameplate = await HostileSunSpec.ReadAsync(new SimulatedDevice(DeviceImages.Find("garbage-strings")!.CreateMap(), DeviceWire.Tcp));

        Assert.Equal("DeviceMaker", nameplate.Manufacturer.Value);
        HostileSunSpec.AssertInvalid(nameplate.Model, "holds characters that are no text");
        HostileSunSpec.AssertInvalid(nameplate.SerialNumber, "holds characters that are no text");
        Assert.Equal(15_000m, nameplate.CapacityWh.Value);
    }

    [Fact]
    public async Task A_text_that_is_no_ASCII_is_invalid_and_shown_with_its_bytes()
    {
        Nameplate nameplate = await HostileSunSpec.ReadAsync("strings-not-ascii");

        HostileSunSpec.AssertInvalid(nameplate.SerialNumber, "\\xE9");
        HostileSunSpec.AssertInvalid(nameplate.Manufacturer, "\\xE9");
    }

    [Fact]
    public async Task One_character_in_each_register_is_no_text_of_SunSpec()
    {
        Nameplate nameplate = await HostileSunSpec.ReadAsync("strings-one-per-register");

        Assert.Equal(FieldState.NotImplemented, nameplate.SerialNumber.State);
        Assert.Contains("what stands behind its end does not count", nameplate.SerialNumber.Reason, StringComparison.Ordinal);
        Assert.Contains(MissingField.Of(nameplate), field => field.Override == "SerialNumber");
    }

    [Fact]
    public async Task A_serial_number_in_the_middle_of_which_the_model_ends_is_not_taken_for_the_whole()
    {
        Nameplate nameplate = await HostileSunSpec.ReadAsync("serial-cut");

        HostileSunSpec.AssertInvalid(nameplate.SerialNumber, "is cut off there");
        Assert.Equal(15_000m, nameplate.CapacityWh.Value);
    }

    [Fact]
    public async Task A_serial_number_that_is_shorter_at_the_second_reading_is_invalid() =>
        HostileSunSpec.AssertInvalid((await HostileSunSpec.ReadAsync("serial-comes-and-goes")).SerialNumber, "differ");

    [Fact]
    public async Task A_serial_number_of_zeros_is_a_placeholder() =>
        HostileSunSpec.AssertInvalid((await HostileSunSpec.ReadAsync("serial-zeros")).SerialNumber, "placeholder");
}
