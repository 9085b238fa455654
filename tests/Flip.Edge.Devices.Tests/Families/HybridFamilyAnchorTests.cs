using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Devices;

namespace Flip.Edge.Devices.Tests.Families;

/// <summary>
/// A device taken for another's family is read at the wrong registers, and its home gets numbers that mean something else. So no anchor may
/// hold for a foreign device, whatever unit id that one happens to have.
/// </summary>
public sealed class HybridFamilyAnchorTests
{
    public static TheoryData<string> Profiles =>
    [
        "sigenergy", "sungrow-sh", "eg4-luxpower", "deye-single-phase", "deye-three-phase-lv", "deye-three-phase-hv", "goodwe-et", "victron-gx", "sma",
    ];

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task No_anchor_holds_for_another_familys_device_even_at_its_unit_id(string profile)
    {
        foreach (DeviceImage image in DeviceImages.All.Where(image => image.Profile != profile))
        {
            SimulatedDevice device = new(image.CreateTables(), DeviceWire.Tcp);
            foreach (byte unit in device.Units)
            {
                AnchorVerdict verdict = await SimulatedFamilies.JudgeAsync(new AtAnyUnit(device, unit), FamilyReading.Profile(profile).Units["main"][0], profile);

                Assert.False(verdict.Holds, $"{profile} takes {image.Name} for its own: {verdict.Sentence}");
            }
        }
    }

    [Theory]
    [InlineData("sigenergy", 1, "\"SigenStor EC 12.0 TP\"")]
    [InlineData("sungrow-sh", 1, "0x0E03")]
    [InlineData("eg4-luxpower", 1, "0x082C")]
    [InlineData("deye-single-phase", 1, "0x0003")]
    [InlineData("deye-three-phase-lv", 1, "0x0005")]
    [InlineData("deye-three-phase-hv", 1, "0x0006")]
    [InlineData("goodwe-et", 247, "\"GW10K-ET\"")]
    [InlineData("victron-gx", 100, "\"c0619ab1b2c3\"")]
    [InlineData("sma", 3, "0x00001F47")]
    [InlineData("sma-shifted", 3, "shifted by -1")]
    [InlineData("sma-hybrid", 3, "0x00001F49")]
    [InlineData("eg4-luxpower-lxp-eu", 1, "0x000C")]
    public async Task A_device_is_proven_by_what_it_says(string image, byte unit, string says)
    {
        AnchorVerdict verdict = await SimulatedFamilies.JudgeAsync(SimulatedFamilies.Device(image), unit, FamilyReading.Image(image).Profile!);

        Assert.True(verdict.Holds, verdict.Sentence);
        Assert.Contains(says, verdict.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("eg4-luxpower-gridboss", "0x0032")]
    [InlineData("deye-single-phase-string", "0x0002")]
    public async Task A_relative_that_is_no_hybrid_inverter_is_refused_by_its_code(string image, string says)
    {
        AnchorVerdict verdict = await SimulatedFamilies.JudgeAsync(SimulatedFamilies.Device(image), 1, FamilyReading.Image(image).Profile!);

        Assert.False(verdict.Holds);
        Assert.Contains(says, verdict.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("deye-single-phase", "deye-three-phase-lv")]
    [InlineData("deye-three-phase-lv", "deye-three-phase-hv")]
    [InlineData("deye-three-phase-hv", "deye-single-phase")]
    public async Task The_three_Deye_maps_are_told_apart_although_their_first_registers_are_the_same(string image, string other)
    {
        AnchorVerdict verdict = await SimulatedFamilies.JudgeAsync(SimulatedFamilies.Device(image), 1, other);

        Assert.True(verdict.Answered);
        Assert.False(verdict.Holds);
    }

    [Theory]
    [InlineData("sigenergy-inverter-on-2", 1)]
    [InlineData("victron-gx", 225)]
    public async Task Another_unit_of_the_same_device_is_not_the_device(string image, byte unit)
    {
        AnchorVerdict verdict = await SimulatedFamilies.JudgeAsync(SimulatedFamilies.Device(image), unit, FamilyReading.Image(image).Profile!);

        Assert.False(verdict.Holds);
    }

    /// <summary>One unit of a device, whatever unit id it is asked by.</summary>
    private sealed class AtAnyUnit(SimulatedDevice device, byte own) : IRegisterBank
    {
        public ModbusExceptionCode? Read(byte unit, byte function, ushort address, Span<ushort> destination) => device.Read(own, function, address, destination);

        public ModbusExceptionCode? Write(byte unit, ushort address, ReadOnlySpan<ushort> values) => throw new NotSupportedException("an anchor never writes");
    }
}
