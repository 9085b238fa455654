using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Flip.Edge.Cloud.Tests.Contracts;

public sealed class CommissionRequestTests
{
    [Fact]
    public void The_example_of_the_page_round_trips_field_by_field_but_for_what_is_deprecated()
    {
        SortedDictionary<string, string> expected = PageExample.Fields(PageExample.Json(PageExample.Request));
        Assert.True(expected.Remove(".site.service_account_id"));
        Assert.True(expected.Remove(".devices[0].configuration.reserve_percentage"));
        expected[".devices[0].install_date"] = "\"2022-02-22T00:00:00\\u002B00:00\""; // as JsonNode prints a plus sign

        byte[] written = CommissionSerializer.Serialize(CommissionSerializer.Deserialize(PageExample.Request));

        SortedDictionary<string, string> actual = PageExample.Fields(PageExample.Json(written));
        Assert.Equal(expected, actual);
        Assert.Equal(21, actual.Count);
    }

    [Fact]
    public void Deprecated_fields_are_readable()
    {
        CommissionRequest request = CommissionSerializer.Deserialize(PageExample.Request);

        Assert.Equal("deprecated", request.Site.ServiceAccountId);
        Assert.Equal(20, request.Devices[0].Configuration!.Value.GetProperty("reserve_percentage").GetInt32());
    }

    [Fact]
    public void Deprecated_fields_are_never_sent_even_where_they_are_set()
    {
        CommissionRequest request = Sample.Request with
        {
            Site = Sample.Site with { ServiceAccountId = "4711" },
            Devices = [Sample.Device with { Configuration = JsonElement.Parse("{\"reserve_percentage\":20}") }],
        };

        string text = Encoding.UTF8.GetString(CommissionSerializer.Serialize(request));

        Assert.DoesNotContain("service_account_id", text, StringComparison.Ordinal);
        Assert.DoesNotContain("configuration", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Optional_fields_that_are_null_are_left_out_and_consent_is_always_sent()
    {
        byte[] written = CommissionSerializer.Serialize(CommissionRequestBuilder.Build(new() { Id = "a", FirstName = "  " }, [Sample.Device], false));

        JsonObject json = PageExample.Json(written);
        Assert.Equal("{\"id\":\"a\"}", json["site"]!.ToJsonString());
        Assert.False((bool)json["can_auto_enroll"]!);
    }

    [Fact]
    public void Every_device_gets_the_sites_id()
    {
        CommissionRequest request = CommissionRequestBuilder.Build(Sample.Site with { Id = "other" }, [Sample.Device, Sample.Device], true);

        Assert.All(request.Devices, device => Assert.Equal("other", device.SiteId));
    }

    [Theory]
    [InlineData("2022-02-22", "2022-02-22T00:00:00+00:00")]
    [InlineData("2019-08-24T14:15:22.123Z", "2019-08-24T14:15:22.123+00:00")]
    [InlineData("2025-06-19T15:30:00-07:00", "2025-06-19T15:30:00-07:00")]
    public void The_install_dates_of_all_pages_are_read_and_sent_as_rfc_3339_with_an_offset(string read, string sent)
    {
        JsonObject json = PageExample.Json(PageExample.Request);
        json["devices"]![0]!["install_date"] = read;

        byte[] written = CommissionSerializer.Serialize(CommissionSerializer.Deserialize(Encoding.UTF8.GetBytes(json.ToJsonString())));

        Assert.Equal(sent, (string?)PageExample.Json(written)["devices"]![0]!["install_date"]);
    }

    [Theory]
    [InlineData("2025-06-19T15:30:00")]
    [InlineData("22.2.2022")]
    [InlineData("")]
    public void An_install_date_without_an_offset_or_of_another_form_is_refused(string text)
    {
        JsonObject json = PageExample.Json(PageExample.Request);
        json["devices"]![0]!["install_date"] = text;

        Assert.Throws<JsonException>(() => CommissionSerializer.Deserialize(Encoding.UTF8.GetBytes(json.ToJsonString())));
    }

    [Theory]
    [InlineData("site")]
    [InlineData("devices")]
    [InlineData("can_auto_enroll")]
    [InlineData("site.id")]
    [InlineData("devices.id")]
    [InlineData("devices.site_id")]
    [InlineData("devices.manufacturer_name")]
    [InlineData("devices.product_name")]
    [InlineData("devices.serial_number")]
    [InlineData("devices.type")]
    [InlineData("devices.attributes")]
    [InlineData("devices.install_date")]
    public void What_the_page_requires_can_neither_be_absent_nor_null(string path)
    {
        foreach (bool isNull in (bool[])[true, false])
        {
            JsonObject json = PageExample.Json(PageExample.Request);
            string[] parts = path.Split('.');
            JsonNode parent = parts.Length == 1 ? json : parts[0] == "site" ? json["site"]! : json["devices"]![0]!;
            if (isNull) parent[parts[^1]] = null;
            else parent.AsObject().Remove(parts[^1]);

            Assert.Throws<JsonException>(() => CommissionSerializer.Deserialize(Encoding.UTF8.GetBytes(json.ToJsonString())));
        }
    }

    [Fact]
    public void Unknown_fields_and_types_are_kept()
    {
        JsonObject json = PageExample.Json(PageExample.Request);
        json["enrollment"] = new JsonObject { ["program_id"] = "p" };
        json["site"]!["timezone"] = "UTC";
        json["devices"]![0]!["type"] = "HEAT_PUMP";
        json["devices"]![0]!["attributes"]!["phases"] = 3;

        CommissionRequest request = CommissionSerializer.Deserialize(Encoding.UTF8.GetBytes(json.ToJsonString()));
        JsonObject written = PageExample.Json(CommissionSerializer.Serialize(request));

        Assert.False(request.Devices[0].Type.IsKnown);
        Assert.Equal("HEAT_PUMP", (string?)written["devices"]![0]!["type"]);
        Assert.Equal("p", (string?)written["enrollment"]!["program_id"]);
        Assert.Equal("UTC", (string?)written["site"]!["timezone"]);
        Assert.Equal(3, (int)written["devices"]![0]!["attributes"]!["phases"]!);
    }

    [Theory]
    [InlineData("15000.00", "15000")]
    [InlineData("1.5e4", "15000")]
    [InlineData("9800.5", "9800.5")]
    public void Whole_numbers_are_sent_as_integers(string read, string sent)
    {
        string json = Encoding.UTF8.GetString(PageExample.Request).Replace("15000", read, StringComparison.Ordinal);

        string written = Encoding.UTF8.GetString(CommissionSerializer.Serialize(CommissionSerializer.Deserialize(Encoding.UTF8.GetBytes(json))));

        Assert.Contains($"\"battery_capacity_wh\":{sent},", written, StringComparison.Ordinal);
    }

    [Fact]
    public void The_bytes_are_those_of_the_page_in_its_order_without_white_space() =>
        Assert.Equal(
            """
            {"site":{"id":"abc-789","first_name":"Johanna","last_name":"Doe","email":"johanna.doe@example.com","state_code":"CA",
            "city":"San Francisco","zip_code":"88800","street_address":"123 Main St"},"devices":[{"id":"xyz-123","site_id":"abc-789",
            "manufacturer_name":"DeviceMaker","product_name":"Model 1","serial_number":"123456789","type":"BATTERY",
            "attributes":{"battery_capacity_wh":15000,"battery_power_input_w":6000,"battery_power_output_w":7500},
            "install_date":"2026-11-19T15:30:00-07:00"}],"can_auto_enroll":true}
            """.Replace("\n", "", StringComparison.Ordinal),
            Encoding.UTF8.GetString(Sample.Body));

    [Fact]
    public void The_same_request_gives_the_same_bytes_and_digest()
    {
        Assert.Equal(Sample.Body, Sample.Body);
        Assert.Equal(Sample.Body, CommissionSerializer.Serialize(CommissionSerializer.Deserialize(Sample.Body)));
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", CommissionSerializer.Digest("abc"u8));
    }

    [Fact]
    public void The_text_form_of_a_request_holds_nothing_of_the_homeowner()
    {
        string text = Sample.Request.ToString() + Sample.Request.Site + new ProgramSpecificAttribute { Name = "account_id", Value = "123456-0" };

        Assert.Contains("abc-789", text, StringComparison.Ordinal);
        foreach (string secret in (string[])["Johanna", "Doe", "example.com", "San Francisco", "88800", "Main St", "123456-0"])
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
    }
}
