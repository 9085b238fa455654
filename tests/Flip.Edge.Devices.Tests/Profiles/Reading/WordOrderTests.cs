using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Simulator.Devices;

namespace Flip.Edge.Devices.Tests.Profiles.Reading;

/// <summary>Pitfall 18: the word order is a setting, and the register that tells it may lie (evcc#15324).</summary>
public sealed class WordOrderTests
{
    private const float NominalVolts = 51.2f;

    [Fact]
    public async Task The_order_in_which_the_proof_is_plausible_holds_for_every_number()
    {
        foreach (bool isLowFirst in (bool[])[false, true])
        {
            DeviceTables tables = Tables(registers => isLowFirst
                ? registers.F32LowFirst(30, NominalVolts).F32LowFirst(40, 9700)
                : registers.F32HighFirst(30, NominalVolts).F32HighFirst(40, 9700));

            Assert.Equal(9700m, (await ProfileOf.ReadAsync(Profile, tables)).CapacityWh.Value);
        }
    }

    [Fact]
    public async Task Where_neither_order_is_plausible_no_number_is_believed_and_texts_are()
    {
        Nameplate nameplate = await ProfileOf.ReadAsync(Profile, Tables(registers => registers.F32LowFirst(30, 5f).F32LowFirst(40, 9700)));

        Assert.Equal(FieldState.Invalid, nameplate.CapacityWh.State);
        Assert.Contains("word order is a setting, and can't be told", nameplate.CapacityWh.Reason, StringComparison.Ordinal);
        Assert.Equal("AB12", nameplate.SerialNumber.Value);
    }

    [Fact]
    public async Task Where_both_orders_are_plausible_no_number_is_believed()
    {
        // The same word twice reads alike both ways.
        Nameplate nameplate = await ProfileOf.ReadAsync(Profile, Tables(registers => registers.U16(30, 0x424D).U16(31, 0x424D).F32LowFirst(40, 9700)));

        Assert.Equal(FieldState.Invalid, nameplate.CapacityWh.State);
        Assert.Contains("could be read in both", nameplate.CapacityWh.Reason, StringComparison.Ordinal);
    }

    private static DeviceProfile Profile => ProfileOf.Registers(
        (ProfileField.CapacityWh, [ProfileOf.Point("energy")]), (ProfileField.SerialNumber, [ProfileOf.Point("serial")]))
        .With(Float("volts", 30, "V") with { Between = (40, 60) }, Float("energy", 40, "Wh"), ProfileOf.Text("serial", 44, 4)) with
    {
        Quirks = new() { WordOrderBySetting = ProfileOf.Quirk("volts") },
    };

    private static ProfilePoint Float(string name, int address, string unit) =>
        new() { Name = name, Address = address, Type = PointType.F32, Registers = 2, Unit = unit, Zero = ZeroMeaning.Invalid, Evidence = ProfileOf.Certain };

    private static DeviceTables Tables(Func<DeviceRegisters, DeviceRegisters> fill)
    {
        DeviceTables tables = new();
        fill(tables.Holding(1).Fill(10, 40).U16(10, 7).Text(44, 4, "AB12"));
        return tables;
    }
}
