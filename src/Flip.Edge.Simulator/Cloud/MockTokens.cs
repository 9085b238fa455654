using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Flip.Edge.Simulator.Cloud;

/// <summary>The access tokens that <c>POST /token</c> has issued, each as good as the client token until it ends.</summary>
internal sealed class MockTokens
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _ends = new();

    public string Issue(DateTimeOffset end)
    {
        string token = "oauth-" + RandomNumberGenerator.GetHexString(32, lowercase: true);
        _ends[token] = end;
        return token;
    }

    public void RevokeAll() => _ends.Clear();

    public bool IsClient(HttpContext context, MockFlipCloudOptions options) =>
        MockHttp.Bearer(context) is { } token && (token == options.ClientToken || (_ends.TryGetValue(token, out DateTimeOffset end) && end > options.Time.GetUtcNow()));
}
