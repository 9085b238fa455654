using System.Net;
using System.Net.Sockets;
using Flip.Edge.Configuration;
using Flip.Edge.Status;

namespace Flip.Edge.Cli;

/// <summary>Talks to the daemon over its Unix socket.</summary>
/// <param name="socketPath">The daemon's socket.</param>
/// <param name="patience">How long an answer may take until it is whole, or a stream until it begins; 30 s unless given.</param>
/// <param name="time">Time of that.</param>
internal sealed class LocalClient(string socketPath, TimeSpan? patience = null, TimeProvider? time = null) : IDisposable
{
    private readonly TimeSpan _patience = patience ?? TimeSpan.FromSeconds(30);

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        ConnectCallback = async (_, cancellationToken) =>
        {
            Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    })
    { BaseAddress = new("http://localhost"), Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = 64 << 20 };

    public string SocketPath => socketPath;

    /// <summary>A whole answer. A connection that was closed before it was whole, as one may be for another where there are too many, is opened anew twice.</summary>
    /// <exception cref="HttpRequestException">There was none in time; <see cref="LocalTrouble"/> has the words.</exception>
    public Task<HttpResponseMessage> GetAsync(string path, CancellationToken cancellationToken) => WithinAsync(async end =>
    {
        for (int left = 2; ; left--)
        {
            try
            {
                return await SendAsync(HttpMethod.Get, path, null, HttpCompletionOption.ResponseContentRead, end);
            }
            catch (HttpRequestException cut) when (left > 0 && cut.InnerException is IOException)
            {
                // Asking changes nothing, and may be done again.
            }
        }
    }, cancellationToken);

    /// <summary>Sends once, and gives the whole answer.</summary>
    /// <exception cref="HttpRequestException">As above; the daemon may have done what was asked of it.</exception>
    public Task<HttpResponseMessage> PostAsync(string path, HttpContent? body, CancellationToken cancellationToken) =>
        WithinAsync(end => SendAsync(HttpMethod.Post, path, body, HttpCompletionOption.ResponseContentRead, end), cancellationToken);

    /// <summary>The status.</summary>
    /// <exception cref="HttpRequestException">As above, or the answer was another.</exception>
    /// <exception cref="System.Text.Json.JsonException">It is no status.</exception>
    public async Task<EdgeStatus> StatusAsync(CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await GetAsync("/api/v1/status", cancellationToken);
        string text = await LocalCommand.TextAsync(response, cancellationToken);
        return response.IsSuccessStatusCode ? LocalStatus.Read(text) : throw LocalTrouble.Refused(socketPath, response.StatusCode, text);
    }

    /// <summary>The status, and each later one, until the daemon ends the stream; the status alone where it has no stream left to give.</summary>
    /// <exception cref="HttpRequestException">The daemon can't be reached.</exception>
    /// <exception cref="IOException">The stream was cut.</exception>
    /// <exception cref="System.Text.Json.JsonException">It is no status.</exception>
    public async IAsyncEnumerable<EdgeStatus> StatusesAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await WithinAsync(
            end => SendAsync(HttpMethod.Get, "/api/v1/events", null, HttpCompletionOption.ResponseHeadersRead, end), cancellationToken);
        if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
        {
            yield return await StatusAsync(cancellationToken);
            yield break;
        }

        response.EnsureSuccessStatusCode();
        using StreamReader lines = new(await response.Content.ReadAsStreamAsync(cancellationToken));
        bool isStatus = false;
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            // Other events come by the same stream, as that of a button that is held.
            if (line.StartsWith("event: ", StringComparison.Ordinal)) isStatus = line == "event: status";
            if (isStatus && line.StartsWith("data: ", StringComparison.Ordinal)) yield return LocalStatus.Read(line["data: ".Length..]);
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>The socket of <c>--socket</c>, of the configuration, or the usual one; null when the named configuration has errors and names none. They are written only then.</summary>
    public static string? SocketOf(string? socket, string? configFile, TextWriter errors)
    {
        if (socket is not null) return Path.GetFullPath(socket);
        if (configFile is not null)
        {
            SettingsResult read = ConfigurationFiles.Load(configFile, [], TimeZoneInfo.Local);
            // The daemon may run with what was there before the mistake, and tells how it is, mistakes too. Only on the socket that is named: any other is another gateway's.
            if ((read.Settings?.Local.Socket ?? ConfigurationFiles.Sources(configFile, [], [])?["Local:Socket"]) is { } named) return named;
            ConfigOptions.Write(read.Errors, errors);
            return null;
        }

        // Whoever asks for the status may not be allowed to read the gateway's own configuration.
        return ConfigurationFiles.Load(null, [], TimeZoneInfo.Local).Settings?.Local.Socket ?? LocalSection.DefaultSocket;
    }

    // Always with content, if it is empty: .NET sends what has none up to four times where the connection closes before the answer begins (RequestRetryType
    // in HttpConnectionPool), and commission --again twice would commission twice.
    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? body, HttpCompletionOption until, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(method, new Uri(path, UriKind.Relative)) { Content = body ?? new ByteArrayContent([]) };
        return await _http.SendAsync(request, until, cancellationToken);
    }

    private async Task<HttpResponseMessage> WithinAsync(Func<CancellationToken, Task<HttpResponseMessage>> ask, CancellationToken cancellationToken)
    {
        using CancellationTokenSource late = new(_patience, time ?? TimeProvider.System);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            return await ask(either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw LocalTrouble.Mute(socketPath, _patience);
        }
    }
}
