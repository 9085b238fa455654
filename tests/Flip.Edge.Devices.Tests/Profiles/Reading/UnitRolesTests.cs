using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Devices;

namespace Flip.Edge.Devices.Tests.Profiles.Reading;

public sealed class UnitRolesTests
{
    private static readonly DeviceProfile Profile = ProfileOf.Registers((ProfileField.CapacityWh, [ProfileOf.Point("energy")]))
        .With(ProfileOf.U16("energy", 30, "Wh") with { On = "battery", Function = 4 }) with
    {
        Units = new Dictionary<string, IReadOnlyList<byte>> { ["main"] = [1], ["battery"] = [225, 247] },
    };

    [Theory]
    [InlineData(225, DeviceWire.Tcp)]
    [InlineData(247, DeviceWire.Tcp)]
    [InlineData(247, DeviceWire.Rtu)]
    public async Task A_part_is_found_at_the_first_of_its_unit_ids_that_answers(byte unit, DeviceWire wire)
    {
        DeviceTables tables = ProfileOf.Device();
        tables.Input(unit).U16(30, 12_000);

        Nameplate nameplate = await ProfileOf.ReadAsync(Profile, ProfileOf.Client(tables, wire));

        Assert.Equal((12_000m, $"input 30 (0x001E) on unit {unit}"), (nameplate.CapacityWh.Value, nameplate.CapacityWh.Source));
    }

    [Theory]
    [InlineData(DeviceWire.Tcp)]
    [InlineData(DeviceWire.Rtu)]
    public async Task A_part_that_is_nowhere_makes_its_values_missing_and_says_where_it_was_looked_for(DeviceWire wire)
    {
        Nameplate nameplate = await ProfileOf.ReadAsync(Profile, ProfileOf.Client(ProfileOf.Device(), wire));

        Assert.Equal(FieldState.NotImplemented, nameplate.CapacityWh.State);
        Assert.Contains("nothing can be read at unit 225 or 247 (battery)", nameplate.CapacityWh.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_that_only_one_of_two_readings_finds_is_looked_for_again()
    {
        DeviceTables tables = ProfileOf.Device();
        tables.Input(225).U16(30, 12_000);
        int asked = 0;
        ScriptedBank bank = new(new SimulatedDevice(tables, DeviceWire.Tcp), (_, unit, _) => unit == 225 && ++asked == 2 ? IRegisterBank.NoReply : null);

        Assert.Equal(12_000m, (await ProfileOf.ReadAsync(Profile, ProfileOf.Client(bank))).CapacityWh.Value);
    }
}
