namespace Flip.Edge.Local;

/// <summary>Keeps what is for the service's group off loopback HTTP, which every local process can reach.</summary>
internal static class SocketOnly
{
    public static bool Is(HttpContext context) => context.Connection.LocalIpAddress is null;

    /// <param name="context">The request.</param>
    /// <param name="what">Begin of the sentence: <c>The log is shown</c>.</param>
    public static Task RefuseAsync(HttpContext context, string what) => LocalAnswer.Problem(context, new(
        Problems.SocketOnly, "Only on the socket", 403, $"{what} on the Unix socket only, to the service's group: use flip-edge doctor, or curl --unix-socket."));
}
