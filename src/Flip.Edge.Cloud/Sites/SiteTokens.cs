using System.Collections.Concurrent;
using System.Text.Json;

namespace Flip.Edge.Cloud;

/// <summary>A token that opens one site.</summary>
/// <param name="Token">The token.</param>
/// <param name="IsFresh">Whether Flip gave it just now, so that a refusal of it is not for its age.</param>
internal sealed record SiteToken(BearerToken Token, bool IsFresh);

/// <summary>
/// Site tokens, in memory alone and renewed before their hour is over (<c>POST /v1/auth/site/{siteId}</c>,
/// docs.flip.energy/oem/authentication). Two askers at once may each get one of their own: both are valid.
/// </summary>
internal sealed class SiteTokens(ClientCalls client, Uri baseUrl, TimeProvider time)
{
    // The page says one hour. Of that, or of less if Flip says so, the last fifth is not used.
    private static readonly TimeSpan LongestLife = TimeSpan.FromHours(1);
    private const double UsedShare = 0.8;

    private readonly ConcurrentDictionary<string, Grant> _grants = new(StringComparer.Ordinal);

    /// <summary>A token of the site, null when Flip says that there is no such site, or why Flip could not be asked.</summary>
    public async Task<FlipAnswer<SiteToken?>> GetAsync(string siteId, CancellationToken cancellationToken)
    {
        if (_grants.TryGetValue(siteId, out Grant? known) && time.GetElapsedTime(known.AskedAt) < known.Life * UsedShare) return Given(new(known.Token, false));
        long askedAt = time.GetTimestamp();
        FlipRequest request = new(HttpMethod.Post, FlipBaseUrl.Combine(baseUrl, $"/v1/auth/site/{Uri.EscapeDataString(siteId)}"));
        ClientExchange asked = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (JsonAnswer.IsNotFound(asked.Exchange)) return Given(null);
        FlipAnswer<JsonElement> read = JsonAnswer.Read(asked.Exchange, new(asked.Token?.Value));
        if (read is FlipAnswer<JsonElement>.Failed failed) return new FlipAnswer<SiteToken?>.Failed(client.Named(failed.Why.CreatedNothing()));
        JsonElement answer = ((FlipAnswer<JsonElement>.Given)read).Value;
        if (Text(answer, "site_access_token") is not { } text || !BearerToken.TryParse(text, out BearerToken? token, out _))
            return new FlipAnswer<SiteToken?>.Failed(new CommissionOutcome.NotFlip("the answer holds no usable site_access_token", MayHaveArrived: false));
        _grants[siteId] = new(token, askedAt, Life(answer, ((FlipExchange.Answered)asked.Exchange).Date));
        return Given(new(token, true));
    }

    /// <summary>Flip no longer takes this token.</summary>
    public void Forget(string siteId, BearerToken token)
    {
        if (_grants.TryGetValue(siteId, out Grant? known) && known.Token == token) _grants.TryRemove(new(siteId, known));
    }

    // By the server's clock alone: the gateway's may be years off.
    private static TimeSpan Life(JsonElement answer, DateTimeOffset? now)
    {
        if (Text(answer, "expires_at") is not { } text || new FlipTimestamp(text).Instant is not { } end || now is not { } begin) return LongestLife;
        return TimeSpan.FromTicks(Math.Clamp((end - begin).Ticks, 0, LongestLife.Ticks));
    }

    private static string? Text(JsonElement answer, string name) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? Lenient.Text(value) : null;

    private static FlipAnswer<SiteToken?>.Given Given(SiteToken? token) => new(token);

    private sealed record Grant(BearerToken Token, long AskedAt, TimeSpan Life);
}
