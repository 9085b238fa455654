using Flip.Edge.Cloud;
using Flip.Edge.Commissioning;

namespace Flip.Edge.Tests.Commissioning;

public sealed class SiteComparisonTests
{
    private static readonly CommissionedDevice Ours = new("xyz-123", "SN-1", 15_000, 6000, 7500);
    private static readonly CommissionedDevice Second = new("xyz-124", "SN-2", 10_000, 5000, 5000);

    [Fact]
    public void No_site_means_that_no_try_arrived() => Assert.IsType<SiteFinding.Absent>(SiteComparison.Judge([Ours], [], null));

    [Fact]
    public void Our_id_with_our_serial_number_is_ours() => Assert.IsType<SiteFinding.Ours>(SiteComparison.Judge([Ours], [], Site(("xyz-123", "SN-1"))));

    [Fact]
    public void Blanks_and_capitals_make_no_other_serial_number() =>
        Assert.IsType<SiteFinding.Ours>(SiteComparison.Judge([Ours], [], Site(("xyz-123", " sn-1 "))));

    [Fact]
    public void Another_device_beside_ours_is_told_and_left_alone() =>
        Assert.Equal(["solar-9"], Assert.IsType<SiteFinding.Ours>(SiteComparison.Judge([Ours], [], Site(("xyz-123", "SN-1"), ("solar-9", "S")))).Others);

    [Fact]
    public void Our_id_with_another_serial_number_is_somebody_elses_and_both_are_named()
    {
        string difference = Assert.IsType<SiteFinding.SomeoneElses>(SiteComparison.Judge([Ours], [], Site(("xyz-123", "SN-9")))).Difference;

        Assert.Equal("device xyz-123 has the serial number SN-1 here, and SN-9 at Flip", difference);
    }

    [Fact]
    public void Our_serial_number_under_another_id_is_somebody_elses() =>
        Assert.Contains("is device xyz-123 here, and old-1 at Flip", Assert.IsType<SiteFinding.SomeoneElses>(
            SiteComparison.Judge([Ours], [], Site(("old-1", "SN-1")))).Difference, StringComparison.Ordinal);

    [Fact]
    public void A_serial_number_that_Flip_does_not_tell_proves_nothing() =>
        Assert.Contains("does not say", Assert.IsType<SiteFinding.SomeoneElses>(SiteComparison.Judge([Ours], [], Site(("xyz-123", null)))).Difference, StringComparison.Ordinal);

    [Fact]
    public void A_site_with_strange_devices_only_is_a_strangers_home_and_nothing_is_added_to_it()
    {
        string difference = Assert.IsType<SiteFinding.SomeoneElses>(SiteComparison.Judge([Ours], [], Site(("other", "SN-9")))).Difference;

        Assert.Equal("it has device other (serial number SN-9) and none of device xyz-123 (serial number SN-1)", difference);
    }

    [Fact]
    public void An_empty_site_lacks_all_of_our_devices() =>
        Assert.Equal([Ours, Second], Assert.IsType<SiteFinding.Incomplete>(SiteComparison.Judge([Ours, Second], [], Site())).Missing);

    [Fact]
    public void A_site_with_one_of_our_devices_lacks_the_other() =>
        Assert.Equal([Second], Assert.IsType<SiteFinding.Incomplete>(SiteComparison.Judge([Ours, Second], [], Site(("xyz-123", "SN-1")))).Missing);

    [Fact]
    public void A_site_with_a_device_that_we_commissioned_before_takes_its_successor() =>
        Assert.Equal([Second], Assert.IsType<SiteFinding.Incomplete>(SiteComparison.Judge([Second], [Ours], Site(("xyz-123", "SN-1")))).Missing);

    private static SiteRecord Site(params (string? Id, string? Serial)[] devices) =>
        new("abc-789", [.. devices.Select(device => new SiteDevice { Id = device.Id, SerialNumber = device.Serial })], []);
}
