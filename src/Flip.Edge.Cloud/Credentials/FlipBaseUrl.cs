using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Flip.Edge.Cloud;

/// <summary>The address of Flip's API: <c>https</c>, or <c>http</c> on a loopback host for a mock. A path prefix is kept.</summary>
public static class FlipBaseUrl
{
    /// <summary>Production.</summary>
    public static readonly Uri Production = new("https://api.flip.energy");

    /// <summary>The sandbox, with test programs for the zip codes 88800, 88801 and 88802.</summary>
    public static readonly Uri Sandbox = new("https://api-sandbox.flip.energy");

    private const string Expected = "expected https://HOST[:PORT][/PREFIX], such as https://api.flip.energy";

    /// <summary>Reads and checks a base URL.</summary>
    /// <param name="text">The configured text.</param>
    /// <param name="baseUrl">The URL.</param>
    /// <param name="error">What is wrong, as a sentence without its full stop.</param>
    /// <returns>True when it may be used.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Uri? baseUrl, [NotNullWhen(false)] out string? error)
    {
        string wrong = "it is no URL";
        string quoted = $"\"{text}\"";
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? url))
        {
            if (Wrong(url, "the client token") is not { } reason)
            {
                (baseUrl, error) = (url, null);
                return true;
            }

            // A user name may come with a password, so such a URL is not quoted.
            if (url.UserInfo.Length > 0) quoted = "the URL";
            wrong = reason;
        }

        (baseUrl, error) = (null, $"{quoted} cannot be Flip's base URL: {wrong}; {Expected}");
        return false;
    }

    /// <summary>The URL of a path below the base, whose own prefix stays.</summary>
    /// <param name="baseUrl">A base URL that passed <see cref="TryParse"/>.</param>
    /// <param name="path">A path that begins with <c>/v1/</c>, percent-encoded.</param>
    /// <returns>The whole URL.</returns>
    public static Uri Combine(Uri baseUrl, string path)
    {
        ArgumentNullException.ThrowIfNull(baseUrl);
        return new(baseUrl.GetLeftPart(UriPartial.Path).TrimEnd('/') + path);
    }

    internal static string? Wrong(Uri url, string secret)
    {
        if (url.Scheme is not ("https" or "http")) return $"the scheme is {url.Scheme}";
        if (url.Host.Length == 0) return "the host is missing";
        if (url.UserInfo.Length > 0) return "there is no place for a user name";
        if (url.Query.Length > 0 || url.Fragment.Length > 0) return "there is no place for a query or fragment";
        return url.Scheme == "https" || IsLoopback(url) ? null : $"http would send {secret} in the clear, and is for loopback hosts only";
    }

    private static bool IsLoopback(Uri url) =>
        url.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(url.DnsSafeHost, out IPAddress? address) && IPAddress.IsLoopback(address));
}
