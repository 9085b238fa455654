using System.Text.Json.Nodes;

namespace Flip.Edge.Simulator.Cloud;

/// <summary>The ledger as <c>GET /ledger</c> gives it.</summary>
internal static class LedgerJson
{
    public static JsonObject Write(MockLedger ledger) => new()
    {
        ["commission_requests"] = ledger.CommissionRequests,
        ["sites"] = Array(ledger.Sites, site => new()
        {
            ["id"] = site.Id,
            ["commissioned_at"] = site.CommissionedAt.ToString("O"),
            ["body_sha256"] = site.BodySha256,
            ["devices"] = new JsonArray([.. site.Devices.Select(device => JsonNode.Parse(device))]),
            ["enrollment"] = site.Enrollment is null ? null : JsonNode.Parse(site.Enrollment),
        }),
        ["findings"] = Array(ledger.Findings, finding => new()
        {
            ["request"] = finding.Request,
            ["path"] = finding.Path,
            ["message"] = finding.Message,
        }),
        ["requests"] = Array(ledger.Requests, request => new()
        {
            ["n"] = request.Number,
            ["received_at"] = request.ReceivedAt.ToString("O"),
            ["status"] = request.Status,
            ["sha256"] = request.Sha256,
            ["fault"] = request.Fault?.ToString(),
            ["committed"] = request.Committed,
        }),
    };

    private static JsonArray Array<T>(IEnumerable<T> items, Func<T, JsonObject> write) => new([.. items.Select(item => (JsonNode)write(item))]);
}
