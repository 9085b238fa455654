using System.Text.Json.Nodes;

namespace Flip.Edge.Simulator.Cloud;

/// <summary><c>POST /token</c>: OAuth's client credentials grant, form-encoded (RFC 6749, 4.4), as Flip's pages show it.</summary>
internal sealed class OAuthEndpoint(MockFlipCloudOptions options, MockLedger ledger)
{
    public async Task HandleAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            await RefuseAsync(context, 400, "invalid_request").ConfigureAwait(false);
            return;
        }

        IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
        if (form["grant_type"] != "client_credentials") await RefuseAsync(context, 400, "unsupported_grant_type").ConfigureAwait(false);
        else if (options.ClientId is not { } id || form["client_id"] != id || form["client_secret"] != options.ClientSecret)
            await RefuseAsync(context, 401, "invalid_client").ConfigureAwait(false);
        else await IssueAsync(context).ConfigureAwait(false);
    }

    private Task IssueAsync(HttpContext context) => MockHttp.JsonAsync(context, 200, new JsonObject
    {
        ["access_token"] = ledger.Tokens.Issue(options.Time.GetUtcNow() + options.TokenLife),
        ["token_type"] = "Bearer",
        ["expires_in"] = (int)options.TokenLife.TotalSeconds,
    });

    private static Task RefuseAsync(HttpContext context, int status, string error) =>
        MockHttp.JsonAsync(context, status, new JsonObject { ["error"] = error });
}
