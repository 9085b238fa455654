using Flip.Edge.Devices.Profiles;
using Flip.Edge.Devices.Profiles.Telling;

namespace Flip.Edge.Devices.Tests.Profiles;

/// <summary>What has to be typed is told before anybody stands in front of the device.</summary>
public sealed class FieldSummaryTests
{
    [Theory]
    [InlineData("franklinwh", "charge power", FieldStanding.Typed)]
    [InlineData("franklinwh", "discharge power", FieldStanding.Typed)]
    [InlineData("outback", "capacity", FieldStanding.SunSpec)]
    [InlineData("outback", "charge power", FieldStanding.SunSpec)]
    [InlineData("outback", "discharge power", FieldStanding.SunSpec)]
    [InlineData("schneider-xw", "capacity", FieldStanding.SunSpec)]
    [InlineData("schneider-xw", "discharge power", FieldStanding.SunSpec)]
    [InlineData("sungrow-sh", "charge power", FieldStanding.Estimated)]
    [InlineData("sungrow-sh", "discharge power", FieldStanding.Estimated)]
    public void What_a_family_does_not_tell_for_certain_is_to_be_typed_or_confirmed(string family, string field, FieldStanding standing)
    {
        FieldSummary summary = Assert.Single(FieldSummary.ToBeTyped(Of(family)), summary => summary.Name == field);

        Assert.Equal(standing, summary.Standing);
        if (standing != FieldStanding.Estimated) Assert.NotNull(summary.Why);
    }

    [Fact]
    public void No_way_of_coming_by_a_value_that_a_person_has_to_confirm_is_passed_over()
    {
        foreach (DeviceProfile profile in ProfileCatalog.Embedded.Names.Select(Of).Where(profile => profile.Map != ProfileMap.None))
        {
            bool isDoubtful = FieldOrigin.Of(profile, ProfileField.CapacityWh).Any(origin => origin.Standing is FieldStanding.Estimated or FieldStanding.Unsure);
            Assert.True(!isDoubtful || FieldSummary.ToBeTyped(profile).Any(field => field.Name == "capacity"), profile.Name);
        }
    }

    [Fact]
    public void A_family_that_tells_all_by_SunSpec_leaves_nothing_to_be_typed() => Assert.Empty(FieldSummary.ToBeTyped(Of("sunspec")));

    private static DeviceProfile Of(string name) => ProfileCatalog.Embedded.Find(name)!;
}
