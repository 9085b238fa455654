using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Flip.Edge.Simulator.Cloud;

/// <summary>
/// The documented endpoints around a site that a gateway needs to find out what Flip knows: site tokens (client token; one hour, one
/// site), sites (client token), a site's devices, enrollments and programs (site token), and the call that adds a device (client token).
/// docs.flip.energy/oem/authentication. And <c>POST /token</c>, which is Flip's other host.
/// </summary>
internal sealed class SiteEndpoints(MockFlipCloudOptions options, MockLedger ledger)
{
    private static readonly TimeSpan TokenLife = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, (string SiteId, DateTimeOffset ExpiresAt)> _tokens = new();

    public void Map(WebApplication app)
    {
        app.Use(MockCall.Recorder(ledger, options.Time));
        app.MapPost("/token", (RequestDelegate)new OAuthEndpoint(options, ledger).HandleAsync);
        app.MapPost("/v1/site/{siteId}/devices", (RequestDelegate)new DeviceEndpoint(options, ledger).HandleAsync);
        app.MapGet("/v1/site/{siteId}/programs", (RequestDelegate)ListProgramsAsync);
        app.MapPost("/v1/auth/site/{siteId}", (RequestDelegate)IssueTokenAsync);
        app.MapGet("/v1/sites", (RequestDelegate)ListSitesAsync);
        app.MapGet("/v1/site/{siteId}", (HttpContext context) => ForSiteAsync(context, site => JsonNode.Parse(site.Site)!));
        app.MapGet("/v1/site/{siteId}/devices", (HttpContext context) =>
            ForSiteAsync(context, site => new JsonArray([.. site.Devices.Select(device => JsonNode.Parse(device))])));
        app.MapGet("/v1/site/{siteId}/device/{deviceId}", (HttpContext context) => ForSiteAsync(context, site => Device(site, Route(context, "deviceId"))));
        app.MapGet("/v1/site/{siteId}/enrollments", (HttpContext context) =>
            ForSiteAsync(context, site => site.Enrollment is null ? new JsonArray() : new JsonArray(JsonNode.Parse(site.Enrollment))));
    }

    private static string Route(HttpContext context, string name) => MockCall.RouteValue(context, name);

    private static JsonNode? Device(MockSite site, string id)
    {
        int index = Array.IndexOf(MockLedger.DeviceIds(site), id);
        return index < 0 ? null : JsonNode.Parse(site.Devices[index]);
    }

    private static Task NotFoundAsync(HttpContext context) => MockHttp.JsonAsync(context, 404, MockHttp.Error("NOT_FOUND", "Not found."));

    private static Task UnauthorizedAsync(HttpContext context) =>
        MockHttp.JsonAsync(context, 401, MockHttp.Error("UNAUTHORIZED", "The token is not valid here."));

    private Task IssueTokenAsync(HttpContext context)
    {
        if (!ledger.Tokens.IsClient(context, options)) return UnauthorizedAsync(context);
        string siteId = Route(context, "siteId");
        if (ledger.Site(siteId) is null) return NotFoundAsync(context);
        string token = "site-" + RandomNumberGenerator.GetHexString(32, lowercase: true);
        DateTimeOffset expiresAt = options.Time.GetUtcNow() + TokenLife;
        _tokens[token] = (siteId, expiresAt);
        return MockHttp.JsonAsync(context, 200, new JsonObject { ["site_access_token"] = token, ["expires_at"] = PageAnswer.Instant(expiresAt) });
    }

    private Task ListSitesAsync(HttpContext context)
    {
        if (!ledger.Tokens.IsClient(context, options)) return UnauthorizedAsync(context);
        int skip = Query(context, "skip", 0);
        int limit = Query(context, "limit", 100);
        return MockHttp.JsonAsync(context, 200, new JsonArray([.. ledger.Sites.Skip(skip).Take(limit).Select(site => JsonNode.Parse(site.Site))]));
    }

    // One capture of the page requires the zip code, and all require the type of device.
    private Task ListProgramsAsync(HttpContext context)
    {
        if (!context.Request.Query.ContainsKey("device_type")) return MockHttp.JsonAsync(context, 422, MockHttp.Error("VALIDATION_ERROR", "device_type is required"));
        bool isEligible = context.Request.Query["device_type"] == "BATTERY" && PageAnswer.HasProgram(context.Request.Query["zip_code"]);
        JsonNode[] programs = isEligible ? [PageAnswer.Program()] : [];
        return ForSiteAsync(context, _ => new JsonArray([.. programs.Skip(Query(context, "skip", 0)).Take(Query(context, "limit", 100))]));
    }

    private Task ForSiteAsync(HttpContext context, Func<MockSite, JsonNode?> read)
    {
        string? token = MockHttp.Bearer(context);
        if (token is null || !_tokens.TryGetValue(token, out var grant) || grant.ExpiresAt <= options.Time.GetUtcNow()) return UnauthorizedAsync(context);
        if (grant.SiteId != Route(context, "siteId"))
            return MockHttp.JsonAsync(context, 403, MockHttp.Error("FORBIDDEN", "The token is another site's."));
        return ledger.Site(grant.SiteId) is { } site && read(site) is { } answer ? MockHttp.JsonAsync(context, 200, answer) : NotFoundAsync(context);
    }

    private static int Query(HttpContext context, string name, int otherwise) =>
        int.TryParse(context.Request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
