namespace Flip.Edge.Cloud.Tests.Validation;

public sealed class CommissionRequestValidatorTests
{
    [Fact]
    public void A_sound_request_has_no_error() => Assert.Empty(Errors(Sample.Request));

    [Fact]
    public void A_site_with_its_id_alone_is_sound() =>
        Assert.Empty(Errors(CommissionRequestBuilder.Build(new() { Id = "a" }, [Sample.Device], false)));

    [Fact]
    public void All_errors_are_found_at_once_each_with_its_field()
    {
        CommissionRequest request = new()
        {
            Site = new() { Id = " ", Email = "johanna(at)example.com", StateCode = "DC", City = "a\u0007b", FirstName = new('x', 201) },
            Devices =
            [
                new()
                {
                    Id = new('x', 129), SiteId = "other", ManufacturerName = "", ProductName = " a", SerialNumber = "SÜ",
                    Type = DeviceType.EvCharger, InstallDate = default,
                    Attributes = BatteryPowerMapping.ToAttributes(0, -1, 0, InputPowerIs.Charge),
                },
            ],
            CanAutoEnroll = false,
        };

        Assert.Equal(
            [
                "site.id", "site.first_name", "site.email", "site.state_code", "site.city", "devices[0].id", "devices[0].site_id",
                "devices[0].manufacturer_name", "devices[0].product_name", "devices[0].serial_number", "devices[0].type",
                "devices[0].attributes.battery_capacity_wh", "devices[0].attributes.battery_power_input_w",
                "devices[0].attributes.battery_power_output_w", "devices[0].install_date",
            ],
            Errors(request).Select(error => error.Field));
    }

    [Fact]
    public void An_error_says_what_was_found_what_is_expected_and_what_to_do()
    {
        ContractError error = Errors(Sample.Request with { Site = Sample.Site with { StateCode = "ca" } }).Single();

        Assert.Equal("site.state_code: found \"ca\", expected one of Flip's 51 two-letter codes, such as CA; write CA", error.ToString());
    }

    [Fact]
    public void Errors_do_not_quote_the_homeowner()
    {
        SiteCreate site = Sample.Site with { Email = "johanna.doe@", StateCode = "123 Main St", LastName = "Do\u0000e", City = new('c', 999) };

        string text = string.Join('\n', Errors(Sample.Request with { Site = site }));

        foreach (string secret in (string[])["johanna", "Main", "Do", "ccc"]) Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void No_device_is_an_error() => Assert.Equal("devices", Errors(Sample.Request with { Devices = [] }).Single().Field);

    [Fact]
    public void A_second_device_of_the_same_id_or_serial_number_is_an_error() =>
        Assert.Equal(
            ["devices[1].id", "devices[1].serial_number"],
            Errors(CommissionRequestBuilder.Build(Sample.Site, [Sample.Device, Sample.Device], false)).Select(error => error.Field));

    [Theory]
    [InlineData("1970-01-01T00:00:00Z", false)]
    [InlineData("1999-12-31T23:59:59Z", false)]
    [InlineData("2000-01-01T00:00:00Z", true)]
    [InlineData("2026-12-21T12:00:00Z", true)]
    [InlineData("2026-12-21T12:00:01Z", false)]
    [InlineData("2062-11-20T00:00:00Z", false)]
    public void An_install_date_lies_between_2000_and_a_month_from_now(string date, bool isSound)
    {
        DeviceCreate device = Sample.Device with { InstallDate = DateTimeOffset.Parse(date) };

        Assert.Equal(isSound, Errors(Sample.Request with { Devices = [device] }).Count == 0);
    }

    private static IReadOnlyList<ContractError> Errors(CommissionRequest request) => CommissionRequestValidator.Validate(request, Sample.Now);
}
