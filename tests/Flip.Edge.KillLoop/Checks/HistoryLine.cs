using System.Text.Json.Nodes;

namespace Flip.Edge.KillLoop.Checks;

/// <summary>One frozen request in <c>GET /api/v1/commission/history</c>.</summary>
internal sealed record HistoryLine(string Key, string? RequestSha256, string? SiteId, int Attempts, string? SettledAt, string? SettledAs)
{
    public static IReadOnlyList<HistoryLine> Of(JsonNode history) =>
    [
        .. history.AsArray().Select(line => new HistoryLine(
            (string)line!["key"]!, (string?)line["request_sha256"], (string?)line["site_id"], (int)line["attempts"]!, (string?)line["settled_at"],
            (string?)line["settled_as"])),
    ];
}
