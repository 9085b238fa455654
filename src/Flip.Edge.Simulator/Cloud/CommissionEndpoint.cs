using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;

namespace Flip.Edge.Simulator.Cloud;

/// <summary><c>POST /v1/commission</c>: decides what Flip would answer.</summary>
internal sealed class CommissionEndpoint(MockFlipCloudOptions options, MockLedger ledger)
{
    public async Task HandleAsync(HttpContext context)
    {
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted).ConfigureAwait(false);
        byte[] bytes = body.ToArray();
        int number = context.Features.GetRequiredFeature<MockFaultContext>().Number;
        (int status, JsonNode answer) = Decide(context, number, options.Time.GetUtcNow(), bytes, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        await MockHttp.JsonAsync(context, status, answer).ConfigureAwait(false);
    }

    private (int Status, JsonNode Answer) Decide(HttpContext context, int number, DateTimeOffset now, byte[] body, string digest)
    {
        if (!ledger.Tokens.IsClient(context, options)) return (401, MockHttp.Error("UNAUTHORIZED", "The client token is not valid."));
        if (!TryParse(body, out JsonElement request)) return Refuse(number, [("", "is no JSON")]);
        List<(string, string)> findings = [.. PageContract.Check(request)];
        if (context.Request.ContentType != "application/json") findings.Add(("Content-Type", "must be application/json"));
        if (findings.Count > 0) return Refuse(number, findings);
        MockSite site = Site(request, now, digest);
        if (!ledger.TryCommit(site)) return (409, MockHttp.Error("CONFLICT", "The site or a device already exists."));
        JsonNode? enrollment = site.Enrollment is null ? null : JsonNode.Parse(site.Enrollment);
        return (200, PageAnswer.Commissioned(PageAnswer.HasProgram(request.GetProperty("site")), enrollment));
    }

    private (int Status, JsonNode Answer) Refuse(int number, List<(string Path, string Message)> findings)
    {
        ledger.Add(findings.Select(finding => new MockFinding(number, finding.Path, finding.Message)));
        JsonObject error = MockHttp.Error("VALIDATION_ERROR", "Invalid input");
        error["errors"] = new JsonArray([.. findings.Select(f => (JsonNode)new JsonObject { ["path"] = f.Path, ["message"] = f.Message })]);
        return (400, error);
    }

    private MockSite Site(JsonElement request, DateTimeOffset now, string digest)
    {
        JsonElement site = request.GetProperty("site");
        bool auto = request.GetProperty("can_auto_enroll").GetBoolean();
        MockSite commissioned = new(
            site.GetProperty("id").GetString()!,
            site.GetRawText(),
            [.. request.GetProperty("devices").EnumerateArray().Select(device => device.GetRawText())],
            null,
            now,
            digest);
        string? status = options.EnrollmentStatus ?? (auto ? "ACTIVE" : null);
        return status is null || !PageAnswer.HasProgram(site) ? commissioned : commissioned with
        {
            Enrollment = PageAnswer.Enrollment(commissioned.Id, MockLedger.DeviceIds(commissioned), status, auto, now).ToJsonString(),
        };
    }

    private static bool TryParse(byte[] body, out JsonElement request)
    {
        try
        {
            request = JsonElement.Parse(body);
            return true;
        }
        catch (JsonException)
        {
            request = default;
            return false;
        }
    }
}
