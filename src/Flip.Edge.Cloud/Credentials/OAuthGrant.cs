using System.Text.Json;

namespace Flip.Edge.Cloud;

/// <summary>An access token and its time.</summary>
/// <param name="Token">The token.</param>
/// <param name="AskedAt">When it was asked for, as a monotonic time stamp.</param>
/// <param name="Life">How long it lives from then.</param>
internal sealed record OAuthGrant(BearerToken Token, long AskedAt, TimeSpan Life)
{
    // expires_in is no more than recommended (RFC 6749, 5.1); Flip's example has an hour.
    private static readonly TimeSpan UsualLife = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestLife = TimeSpan.FromHours(24);

    /// <summary>Reads what the token endpoint answered. No text of it is quoted.</summary>
    public static OAuthGrant? Read(JsonElement answer, long askedAt)
    {
        if (answer.ValueKind != JsonValueKind.Object) return null;
        if (answer.TryGetProperty("token_type", out JsonElement type) && !Lenient.Text(type).Equals("Bearer", StringComparison.OrdinalIgnoreCase)) return null;
        if (!answer.TryGetProperty("access_token", out JsonElement text) || text.ValueKind != JsonValueKind.String) return null;
        return BearerToken.TryParse(Lenient.Text(text), out BearerToken? token, out _) ? new(token, askedAt, LifeOf(answer)) : null;
    }

    private static TimeSpan LifeOf(JsonElement answer) =>
        answer.TryGetProperty("expires_in", out JsonElement value) && Lenient.Number(value) is { } seconds
            ? TimeSpan.FromSeconds((double)Math.Clamp(seconds, 0, (decimal)LongestLife.TotalSeconds)) : UsualLife;
}
