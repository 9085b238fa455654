using System.Net.Http.Headers;

namespace Flip.Edge.Cloud;

internal static class RetryAfterHeader
{
    /// <summary>Longest wait that is honoured: a server's slip must not silence a gateway for a year.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>Reads seconds or an HTTP date (RFC 9110, 10.2.3). A date counts from the server's own Date, so that a wrong clock does no harm.</summary>
    public static TimeSpan? Read(HttpResponseHeaders headers, DateTimeOffset now)
    {
        if (!headers.NonValidated.TryGetValues("Retry-After", out HeaderStringValues values)) return null;
        string text = values.ToString().Trim();
        if (text.Length > 0 && text.All(char.IsAsciiDigit))
            return text.TrimStart('0').Length > 9 ? Longest : Clamp(TimeSpan.FromSeconds(int.Parse(text, System.Globalization.CultureInfo.InvariantCulture)));
        return RetryConditionHeaderValue.TryParse(text, out RetryConditionHeaderValue? value) && value.Date is { } date
            ? Clamp(date - (headers.Date ?? now)) : null;
    }

    private static TimeSpan Clamp(TimeSpan wait) => wait < TimeSpan.Zero ? TimeSpan.Zero : wait > Longest ? Longest : wait;
}
