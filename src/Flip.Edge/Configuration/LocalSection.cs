using System.Net;

namespace Flip.Edge.Configuration;

internal static class LocalSection
{
    public const string DefaultSocket = "/run/flip-edge/flip-edge.sock";

    // sun_path holds 108 bytes with the final NUL, unix(7).
    private const int LongestSocketPath = 107;

    public static LocalSettings Read(SectionReader section)
    {
        string socket = section.Text("Socket") ?? DefaultSocket;
        if (!Path.IsPathRooted(socket) || System.Text.Encoding.UTF8.GetByteCount(socket) > LongestSocketPath)
        {
            section.Fail("Socket", $"is \"{socket}\", and has to be an absolute path of at most {LongestSocketPath} bytes");
        }

        string http = section.Text("Http") ?? "http://127.0.0.1:8420";
        Uri? address = null;
        if (http == "off")
        {
            address = null;
        }
        else if (!Uri.TryCreate(http, UriKind.Absolute, out address) || address.Scheme != "http" || address.AbsolutePath != "/" || !IsLoopback(address))
        {
            section.Fail("Http", $"is \"{http}\", and has to be http://127.0.0.1:PORT or another loopback address, or \"off\": the endpoint has no password");
            address = null;
        }

        section.Close();
        return new(socket, address);
    }

    private static bool IsLoopback(Uri address) =>
        address.Host == "localhost" || (IPAddress.TryParse(address.Host.Trim('[', ']'), out IPAddress? ip) && IPAddress.IsLoopback(ip));
}
