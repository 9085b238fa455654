using System.Text;
using System.Text.Json.Nodes;

namespace Flip.Edge.Cloud.Tests.Contracts;

public sealed class CommissionResponseTests
{
    [Fact]
    public void The_example_of_the_page_round_trips_field_by_field()
    {
        CommissionResponse response = Read(PageExample.Response);

        JsonObject written = PageExample.Json(CommissionSerializer.Serialize(response));

        Assert.Equal(PageExample.Fields(PageExample.Json(PageExample.Response)), PageExample.Fields(written));
        Assert.Equal(15, written["programs"]![0]!.AsObject().Count);
        Assert.Equal(12, written["enrollment"]!.AsObject().Count);
        Assert.Null(response.OtherFields);
        Assert.Null(response.Programs[0].OtherFields);
        Assert.Null(response.Enrollment!.OtherFields);
    }

    [Fact]
    public void The_example_of_the_page_is_understood()
    {
        CommissionResponse response = Read(PageExample.Response);

        FlipProgram program = response.Programs.Single();
        Assert.Equal([DeviceType.Battery], program.EligibleDeviceTypes!);
        Assert.Equal(20, program.MinimumReservePercentage);
        Assert.Equal(new DateTimeOffset(2019, 8, 24, 14, 15, 22, TimeSpan.Zero), program.CreatedAt!.Value.Instant);
        Assert.Equal("boolean", program.EnrollmentForm!.Single().Type);
        Assert.Equal(EnrollmentStatus.Active, response.Enrollment!.Status);
        Assert.Equal(EnrollMethod.AutoEnroll, response.Enrollment.EnrollMethod);
        Assert.Equal("123456-0", response.Enrollment.ProgramSpecificAttributes!.Single().Value);
    }

    [Theory]
    [InlineData("""{"programs":[]}""")]
    [InlineData("""{"programs":[],"enrollment":null}""")]
    [InlineData("""{"programs":[],"enrollment":"later"}""")]
    [InlineData("""{"programs":[{}],"enrollment":{}}""")]
    [InlineData("""{"programs":[{"id":7,"participation_months":"all","created_at":5,"can_auto_enroll":"yes","enrollment_form":[1]}]}""")]
    [InlineData("""{"programs":[],"x":{"\ud800":1},"enrollment":{"status":"\ud800"}}""")]
    [InlineData("\uFEFF{\"programs\":[]}")]
    public void An_answer_with_programs_is_a_commission_response_however_odd_the_rest(string json) => Read(Encoding.UTF8.GetBytes(json));

    [Theory]
    [InlineData("""{"programs":null}""", ResponseKind.Other)]
    [InlineData("""{"programs":{}}""", ResponseKind.Other)]
    [InlineData("""{"programs":[1]}""", ResponseKind.Other)]
    [InlineData("""{"programs":[null]}""", ResponseKind.Other)]
    [InlineData("""{"status":"ok"}""", ResponseKind.Other)]
    [InlineData("[]", ResponseKind.Other)]
    [InlineData("null", ResponseKind.Other)]
    [InlineData("", ResponseKind.Other)]
    [InlineData("<html>", ResponseKind.Other)]
    [InlineData("""{"programs":[]}x""", ResponseKind.Other)]
    [InlineData("{", ResponseKind.Unfinished)]
    [InlineData("""{"programs":[{"id":"49""", ResponseKind.Unfinished)]
    [InlineData("""{"programs":[]""", ResponseKind.Unfinished)]
    public void An_answer_without_programs_is_none(string json, object kind) =>
        Assert.Equal((ResponseKind)kind, CommissionResponseReader.Read(Encoding.UTF8.GetBytes(json), out _));

    [Fact]
    public void Every_beginning_of_the_example_is_an_unfinished_answer_and_none_is_taken_for_a_whole()
    {
        byte[] body = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(PageExample.Response).TrimEnd());

        Assert.All(Enumerable.Range(1, body.Length - 1), length =>
            Assert.Equal(ResponseKind.Unfinished, CommissionResponseReader.Read(body.AsSpan(0, length), out _)));
    }

    [Fact]
    public void Unknown_words_and_fields_are_kept_and_written_back()
    {
        JsonObject json = PageExample.Json(PageExample.Response);
        json["enrollment"]!["status"] = "PAUSED";
        json["enrollment"]!["enroll_method"] = "BY_PIGEON";
        json["enrollment"]!["paused_by"] = new JsonObject { ["who"] = "utility" };
        json["programs"]![0]!["eligible_device_types"] = new JsonArray("BATTERY", "HEAT_PUMP");
        json["programs"]![0]!["created_at"] = "yesterday";
        json["programs"]![0]!["earnings_for_site_yearly"] = 500.25;
        json["region"] = "west";

        CommissionResponse response = Read(Encoding.UTF8.GetBytes(json.ToJsonString()));

        Assert.False(response.Enrollment!.Status!.Value.IsKnown);
        Assert.Equal("PAUSED", response.Enrollment.Status.ToString());
        Assert.Null(response.Programs[0].CreatedAt!.Value.Instant);
        Assert.Equal(PageExample.Fields(json), PageExample.Fields(PageExample.Json(CommissionSerializer.Serialize(response))));
    }

    [Fact]
    public void What_the_page_requires_is_written_as_null_where_the_answer_lacked_it_and_what_is_optional_is_not()
    {
        JsonObject written = PageExample.Json(CommissionSerializer.Serialize(Read("""{"programs":[{"enrollment_form":[{}]}]}"""u8)));

        Assert.False(written.ContainsKey("enrollment"));
        Assert.Equal(15, written["programs"]![0]!.AsObject().Count);
        Assert.Equal("""{"name":null,"label":null,"type":null}""", written["programs"]![0]!["enrollment_form"]![0]!.ToJsonString());
    }

    private static CommissionResponse Read(ReadOnlySpan<byte> json)
    {
        Assert.Equal(ResponseKind.Commission, CommissionResponseReader.Read(json, out CommissionResponse? response));
        return response!;
    }
}
