using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Simulator.Devices;

namespace Flip.Edge.Devices.Tests.Profiles.Reading;

public sealed class SunSpecProfileTests
{
    private static readonly DeviceProfile Plain = new() { Name = "sunspec", Version = 1, Title = "SunSpec", Brands = [], Map = ProfileMap.SunSpec };

    [Fact]
    public async Task A_profile_that_changes_nothing_reads_as_SunSpec_always_was()
    {
        await using BankClient before = new(Images.Device("hybrid")), after = new(Images.Device("hybrid"));

        Nameplate expected = (await Images.ReadAsync(before)).Nameplate;
        Nameplate nameplate = await ProfileOf.ReadAsync(Plain, after);

        Assert.Equal(before.Reads, after.Reads);
        Assert.Equal(expected.Profile, nameplate.Profile);
        Assert.True(NameplateAgreement.Agree(expected, nameplate));
        Assert.Equal(expected.CapacityWh.Source, nameplate.CapacityWh.Source);
    }

    [Fact]
    public async Task So_does_one_that_asks_SunSpec_for_every_field()
    {
        DeviceProfile profile = Plain with { Anchor = [new() { Point = "1.Mn", StartsWith = ["DeviceMaker"] }] };

        Nameplate expected = await Images.ReadAsync("hybrid"), nameplate = await ProfileOf.ReadAsync(profile, new BankClient(Images.Device("hybrid")));

        Assert.True(NameplateAgreement.Agree(expected, nameplate));
        Assert.Equal(expected.Limits.ChargeLimitedBy, nameplate.Limits.ChargeLimitedBy);
        Assert.Equal(expected.MaxDischargeW.Source, nameplate.MaxDischargeW.Source);
    }

    [Fact]
    public async Task Another_makers_device_is_refused()
    {
        DeviceProfile profile = Plain with { Anchor = [new() { Point = "1.Mn", StartsWith = ["Elsewhere"] }] };

        DeviceNotReadableException told = await Assert.ThrowsAsync<DeviceNotReadableException>(
            () => ProfileOf.ReadAsync(profile, new BankClient(Images.Device("hybrid"))));

        Assert.Contains("SunSpec 1 Mn reads \"DeviceMaker\" and has to begin with \"Elsewhere\"", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_point_that_is_known_to_be_wrong_counts_as_not_implemented_and_stays_as_evidence()
    {
        DeviceProfile profile = Plain with { SunSpec = new() { Ignore = [new(802, "WHRtg", "the firmware writes the state of charge there", ProfileOf.Certain)] } };

        Nameplate nameplate = await ProfileOf.ReadAsync(profile, new BankClient(Images.Device("hybrid")));

        Assert.NotEqual(15_000m, nameplate.CapacityWh.Value);
        Assert.Equal(FieldState.NotImplemented, nameplate.CapacityWh.State);
    }

    [Fact]
    public async Task A_vendors_own_field_takes_the_place_of_SunSpecs_and_a_conflict_within_SunSpec_no_longer_matters()
    {
        DeviceProfile profile = (Plain with
        {
            Nameplate = new Dictionary<ProfileField, IReadOnlyList<ProfileValue>> { [ProfileField.CapacityWh] = [ProfileOf.Point("energy")] },
        }).With(ProfileOf.U16("energy", 3, "Wh") with { SunSpecModel = 802, ScaleFactorAddress = 53 });

        Nameplate nameplate = await ProfileOf.ReadAsync(profile, new BankClient(Images.Device("hybrid")));

        Assert.Equal(15_000m, nameplate.CapacityWh.Value);
        Assert.StartsWith("SunSpec 802 offset 3, holding ", nameplate.CapacityWh.Source, StringComparison.Ordinal);
        Assert.Equal([1500, 1], nameplate.CapacityWh.Raw);
    }

    [Fact]
    public async Task A_point_in_a_model_that_the_device_lacks_is_not_implemented()
    {
        DeviceProfile profile = (Plain with
        {
            Nameplate = new Dictionary<ProfileField, IReadOnlyList<ProfileValue>> { [ProfileField.CapacityWh] = [ProfileOf.Point("energy")] },
        }).With(ProfileOf.U16("energy", 3, "Wh") with { SunSpecModel = 64_200 });

        Nameplate nameplate = await ProfileOf.ReadAsync(profile, new BankClient(Images.Device("hybrid")));

        Assert.Equal("the device has no SunSpec model 64200", nameplate.CapacityWh.Reason);
    }
}
