using Flip.Edge.Devices.Profiles;

namespace Flip.Edge.Devices.Tests.Families;

public sealed class FamiliesWithoutModbusTests
{
    [Theory]
    [InlineData("enphase", "Enphase")]
    [InlineData("tesla-powerwall", "Powerwall")]
    [InlineData("sonnen", "sonnenBatterie")]
    [InlineData("savant", "Savant")]
    [InlineData("lion-energy", "Sanctuary")]
    [InlineData("pylontech-us", "Pylontech")]
    public void Each_says_in_a_sentence_why_it_can_not_be_read_and_what_to_do(string name, string product)
    {
        DeviceProfile profile = ProfileCatalog.Embedded.Find(name)!;

        Assert.Equal(ProfileMap.None, profile.Map);
        Assert.Contains(product, profile.NoModbus, StringComparison.Ordinal);
        Assert.True(profile.NoModbus!.Contains("for whoever enters it at Flip", StringComparison.Ordinal) || profile.NoModbus.Contains("Read the inverter", StringComparison.Ordinal));
    }

    [Fact]
    public void Plain_SunSpec_keeps_the_name_that_its_nameplates_always_had() =>
        Assert.Equal("sunspec@1", ProfileCatalog.Embedded.Find("sunspec")!.Id);
}
