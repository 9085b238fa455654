using System.Net.ServerSentEvents;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Flip.Edge.Simulator.Demo;

/// <summary>The daemon's local endpoint over its Unix socket, seen from outside: what any program on the gateway could do.</summary>
internal sealed class LocalApi : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly HttpClient _http;

    public LocalApi(string socket)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (_, ct) =>
            {
                var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), ct).ConfigureAwait(false);
                    return new NetworkStream(connection, ownsSocket: true);
                }
                catch
                {
                    connection.Dispose();
                    throw;
                }
            },
        };
        _http = new HttpClient(handler) { BaseAddress = new Uri("http://localhost/") };
    }

    /// <summary>Waits until the daemon answers.</summary>
    public async Task WaitUntilUpAsync(CancellationToken ct)
    {
        while (true)
        {
            try
            {
                using var answer = await _http.GetAsync(new Uri("healthz", UriKind.Relative), ct).ConfigureAwait(false);
                if (answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // Not there yet.
            }

            await Task.Delay(Pause, TimeProvider.System, ct).ConfigureAwait(false);
        }
    }

    public async Task<JsonNode> GetAsync(string path, CancellationToken ct) =>
        JsonNode.Parse(await _http.GetStringAsync(new Uri(path, UriKind.Relative), ct).ConfigureAwait(false))!;

    /// <summary>Presses the button.</summary>
    /// <returns>The status code and the body.</returns>
    public async Task<(int Code, string Body)> CommissionAsync(CancellationToken ct)
    {
        using var answer = await _http.PostAsync(new Uri("api/v1/commission", UriKind.Relative), null, ct).ConfigureAwait(false);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(ct).ConfigureAwait(false));
    }

    /// <summary>The status now, and at each change, until the daemon ends the stream.</summary>
    public async IAsyncEnumerable<JsonNode> StatusesAsync([EnumeratorCancellation] CancellationToken ct)
    {
        using var stream = await _http.GetStreamAsync(new Uri("api/v1/events", UriKind.Relative), ct).ConfigureAwait(false);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(ct).ConfigureAwait(false))
        {
            if (item.EventType == "status") yield return JsonNode.Parse(item.Data)!;
        }
    }

    public void Dispose() => _http.Dispose();
}
