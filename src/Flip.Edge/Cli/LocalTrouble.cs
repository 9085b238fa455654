using System.Net;
using System.Net.Sockets;

namespace Flip.Edge.Cli;

/// <summary>Why the daemon can't be talked to, and what to do.</summary>
internal static class LocalTrouble
{
    /// <summary>No answer came, or not all of it.</summary>
    public static string Sentence(string socketPath, HttpRequestException failed) => failed switch
    {
        { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded }
            or { InnerException: HttpIOException { HttpRequestError: HttpRequestError.InvalidResponse } } => Stranger(socketPath),
        { InnerException: IOException } => $"the daemon closed the connection on {socketPath} before its answer was whole: flip-edge status tells whether it took what was asked of it",
        { InnerException: SocketException refused } => Sentence(socketPath, refused),
        _ => failed.Message,
    };

    /// <summary>Something else than this version's daemon has answered.</summary>
    public static string Stranger(string socketPath) =>
        $"what answers on {socketPath} is no flip-edge, or one of another version than this command: compare flip-edge --version with the daemon's first line in journalctl -u flip-edge, and restart it with systemctl restart flip-edge";

    /// <summary>The whole answer has not come in time.</summary>
    public static HttpRequestException Mute(string socketPath, TimeSpan patience) => new(
        FormattableString.Invariant($"the daemon on {socketPath} does not answer within {patience.TotalSeconds:0.#} s: systemctl status flip-edge and journalctl -u flip-edge tell what it does"), new TimeoutException());

    /// <summary>The status is not given.</summary>
    public static HttpRequestException Refused(string socketPath, HttpStatusCode status, string problem) =>
        new($"the daemon on {socketPath} answered with {(int)status}: {LocalCommand.Detail(problem)}", null, status);

    private static string Sentence(string socketPath, SocketException refused) => refused.SocketErrorCode switch
    {
        // First: in a directory that this user may not enter, a socket doesn't seem to exist.
        SocketError.AccessDenied => $"the daemon's socket {socketPath} may not be used by this user: join the group flip-edge, or use sudo",
        _ when !File.Exists(socketPath) => $"there is no daemon's socket {socketPath}: start the daemon with systemctl start flip-edge, or name the configuration of the one that runs with --config",
        SocketError.ConnectionRefused => $"no daemon listens on {socketPath}: start it with systemctl start flip-edge, or flip-edge run",
        _ => $"the daemon can't be reached on {socketPath}: {refused.Message}",
    };
}
