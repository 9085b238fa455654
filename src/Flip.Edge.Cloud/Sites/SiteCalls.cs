namespace Flip.Edge.Cloud;

/// <summary>Reads what belongs to one site, with the site's own token. A token from the cache that is refused is renewed once.</summary>
internal sealed class SiteCalls(SiteTokens tokens, FlipTransport transport, Uri baseUrl)
{
    /// <summary>Asks for <c>/v1/site/{siteId}/…</c>.</summary>
    /// <param name="siteId">The OEM's site id.</param>
    /// <param name="what">The rest of the path, percent-encoded.</param>
    /// <param name="secret">Homeowner data in the question, which a server's error may quote back.</param>
    /// <param name="cancellationToken">The caller's wish to stop.</param>
    /// <returns>The success that came, null when Flip says that there is no such site, or why Flip could not be asked.</returns>
    public async Task<FlipAnswer<FlipExchange?>> GetAsync(string siteId, string what, string? secret, CancellationToken cancellationToken)
    {
        FlipAnswer<SiteToken?> found = await tokens.GetAsync(siteId, cancellationToken).ConfigureAwait(false);
        if (found is FlipAnswer<SiteToken?>.Given { Value: { IsFresh: false } cached })
        {
            FlipExchange first = await SendAsync(siteId, what, cached, cancellationToken).ConfigureAwait(false);
            if (!IsRefusal(first)) return Judge(siteId, cached, secret, first);
            tokens.Forget(siteId, cached.Token);
            found = await tokens.GetAsync(siteId, cancellationToken).ConfigureAwait(false);
        }

        return found switch
        {
            FlipAnswer<SiteToken?>.Failed failed => new FlipAnswer<FlipExchange?>.Failed(failed.Why),
            FlipAnswer<SiteToken?>.Given { Value: { } token } =>
                Judge(siteId, token, secret, await SendAsync(siteId, what, token, cancellationToken).ConfigureAwait(false)),
            _ => new FlipAnswer<FlipExchange?>.Given(null),
        };
    }

    private static bool IsRefusal(FlipExchange exchange) => exchange is FlipExchange.Answered { Status: 401 or 403 };

    // A site that is deleted takes its token with it: the next question starts from the beginning.
    private FlipAnswer<FlipExchange?> Judge(string siteId, SiteToken token, string? secret, FlipExchange exchange)
    {
        if (JsonAnswer.IsNotFound(exchange))
        {
            tokens.Forget(siteId, token.Token);
            return new FlipAnswer<FlipExchange?>.Given(null);
        }

        if (exchange is FlipExchange.Answered { IsSuccess: true }) return new FlipAnswer<FlipExchange?>.Given(exchange);
        CommissionOutcome why = OutcomeClassifier.Classify(exchange, new(token.Token.Value, secret)).CreatedNothing();
        return new FlipAnswer<FlipExchange?>.Failed(why is CommissionOutcome.Unauthorized { Status: not null } refused
            ? refused with { Credential = "site token", IsIssuedByFlip = true, Detail = $"it was issued just now; a relay has to pass it on unchanged; {refused.Detail}" }
            : why);
    }

    private Task<FlipExchange> SendAsync(string siteId, string what, SiteToken token, CancellationToken cancellationToken) => transport.SendAsync(
        new(HttpMethod.Get, FlipBaseUrl.Combine(baseUrl, $"/v1/site/{Uri.EscapeDataString(siteId)}/{what}")), token.Token, cancellationToken);
}
