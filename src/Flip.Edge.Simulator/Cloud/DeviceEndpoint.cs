using System.Text.Json;
using System.Text.Json.Nodes;

namespace Flip.Edge.Simulator.Cloud;

/// <summary><c>POST /v1/site/{siteId}/devices</c> (client token): adds a device to a site that is there.</summary>
internal sealed class DeviceEndpoint(MockFlipCloudOptions options, MockLedger ledger)
{
    public async Task HandleAsync(HttpContext context)
    {
        (int status, JsonNode answer) = await DecideAsync(context).ConfigureAwait(false);
        await MockHttp.JsonAsync(context, status, answer).ConfigureAwait(false);
    }

    private async Task<(int Status, JsonNode Answer)> DecideAsync(HttpContext context)
    {
        string siteId = MockCall.RouteValue(context, "siteId");
        if (!ledger.Tokens.IsClient(context, options)) return (401, MockHttp.Error("UNAUTHORIZED", "The client token is not valid."));
        JsonElement? device = await ReadAsync(context).ConfigureAwait(false);
        IReadOnlyList<(string Path, string Message)> findings = device is { } body ? PageContract.CheckDevice(body, siteId) : [("", "is no JSON")];
        if (findings.Count > 0)
        {
            ledger.Add(findings.Select(finding => new MockFinding(0, finding.Path, finding.Message)));
            return (400, MockHttp.Error("VALIDATION_ERROR", string.Join("; ", findings.Select(finding => $"{finding.Path} {finding.Message}"))));
        }

        return ledger.TryAddDevice(siteId, device!.Value.GetRawText()) switch
        {
            null => (404, MockHttp.Error("NOT_FOUND", "Not found.")),
            false => (409, MockHttp.Error("CONFLICT", "The device already exists.")),
            true => (200, JsonNode.Parse(device.Value.GetRawText())!),
        };
    }

    private static async Task<JsonElement?> ReadAsync(HttpContext context)
    {
        try
        {
            using JsonDocument document = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted).ConfigureAwait(false);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
