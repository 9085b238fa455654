using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Flip.Edge.Simulator.Cloud;

/// <summary><c>POST /v1/commission</c>: decides what Flip would answer, then lets the fault of the script have its way.</summary>
internal sealed class CommissionEndpoint(MockFlipCloudOptions options, MockLedger ledger)
{
    private const int MaxBody = 1024 * 1024;

    public async Task HandleAsync(HttpContext context)
    {
        int number = ledger.Receive();
        DateTimeOffset now = options.Time.GetUtcNow();
        MockFault fault = number <= options.Faults.Count ? options.Faults[number - 1] : MockFault.None;
        if (fault.Kind == MockFaultKind.Drop)
        {
            Record(new(number, now, null, null, fault, Committed: false));
            context.Abort();
            return;
        }

        byte[] body = await ReadAsync(context).ConfigureAwait(false);
        string digest = Convert.ToHexStringLower(SHA256.HashData(body));
        (int status, JsonNode answer) = fault.Commits ? Decide(context, number, now, body, digest) : (0, new JsonObject());
        bool committed = status == 200;
        if (FaultAnswer.Status(fault) is { } other) status = other;
        int? sent = fault.Kind == MockFaultKind.DropAfterCommit ? null : status;
        Record(new(number, now, sent, digest, fault == MockFault.None ? null : fault, committed) { Body = body });
        await FaultAnswer.SendAsync(context, fault, status, answer, options.Time).ConfigureAwait(false);
    }

    private void Record(MockRequest request)
    {
        ledger.Add(request);
        options.OnRequest?.Invoke(request);
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

    private static async Task<byte[]> ReadAsync(HttpContext context)
    {
        using MemoryStream bytes = new();
        byte[] buffer = new byte[8192];
        int read;
        while (bytes.Length < MaxBody && (read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted).ConfigureAwait(false)) > 0)
            bytes.Write(buffer, 0, read);
        return bytes.ToArray();
    }
}
