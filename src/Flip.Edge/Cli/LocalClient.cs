using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Flip.Edge.Configuration;
using Flip.Edge.Status;

namespace Flip.Edge.Cli;

/// <summary>Talks to the daemon over its Unix socket.</summary>
/// <param name="socketPath">The daemon's socket.</param>
/// <param name="timeout">How long an answer may take to begin; 30 s unless given.</param>
internal sealed class LocalClient(string socketPath, TimeSpan? timeout = null) : IDisposable
{
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
    { BaseAddress = new("http://localhost"), Timeout = timeout ?? TimeSpan.FromSeconds(30) };

    public string SocketPath => socketPath;

    public Task<HttpResponseMessage> GetAsync(string path, CancellationToken cancellationToken) =>
        _http.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    public Task<HttpResponseMessage> PostAsync(string path, HttpContent? body, CancellationToken cancellationToken) =>
        _http.PostAsync(new Uri(path, UriKind.Relative), body, cancellationToken);

    /// <summary>The status. A connection that was closed before the answer was whole, as one may be for another where there are too many, is opened anew twice.</summary>
    public async Task<EdgeStatus> StatusAsync(CancellationToken cancellationToken)
    {
        for (int left = 2; ; left--)
        {
            try
            {
                return await OneStatusAsync(cancellationToken);
            }
            catch (Exception cut) when (left > 0 && cut is IOException or HttpRequestException { InnerException: IOException })
            {
                // Asking changes nothing, and may be done again.
            }
        }
    }

    private async Task<EdgeStatus> OneStatusAsync(CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await GetAsync("/api/v1/status", cancellationToken);
        response.EnsureSuccessStatusCode();
        await using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken);
        return await JsonSerializer.DeserializeAsync(body, StatusJson.Readable.EdgeStatus, cancellationToken)
            ?? throw new JsonException("the status is null");
    }

    /// <summary>The status, and each later one, until the daemon ends the stream; the status alone where it has no stream left to give.</summary>
    /// <exception cref="HttpRequestException">The daemon can't be reached.</exception>
    /// <exception cref="IOException">The stream was cut.</exception>
    public async IAsyncEnumerable<EdgeStatus> StatusesAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await GetAsync("/api/v1/events", cancellationToken);
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
            if (isStatus && line.StartsWith("data: ", StringComparison.Ordinal)
                && JsonSerializer.Deserialize(line["data: ".Length..], StatusJson.Readable.EdgeStatus) is { } status)
            {
                yield return status;
            }
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

    /// <summary>Why the daemon can't be talked to, and what to do.</summary>
    public static string Sentence(string socketPath, HttpRequestException failed) => failed.InnerException is not SocketException
        ? failed.InnerException is IOException ? $"the daemon closed the connection on {socketPath} before its answer was whole: flip-edge status tells whether it took what was asked of it" : failed.Message
        : (failed.InnerException as SocketException)?.SocketErrorCode switch
        {
            // First: in a directory that this user may not enter, a socket doesn't seem to exist.
            SocketError.AccessDenied => $"the daemon's socket {socketPath} may not be used by this user: join the group flip-edge, or use sudo",
            _ when !File.Exists(socketPath) => $"there is no daemon's socket {socketPath}: start the daemon with systemctl start flip-edge, or name the configuration of the one that runs with --config",
            SocketError.ConnectionRefused => $"no daemon listens on {socketPath}: start it with systemctl start flip-edge, or flip-edge run",
            _ => $"the daemon can't be reached on {socketPath}: {failed.Message}",
        };
}
