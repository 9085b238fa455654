using System.Net;
using Flip.Edge.Configuration;

namespace Flip.Edge.Local;

/// <summary>Where the local endpoint listens: a Unix socket for whoever is in the service's group, and loopback HTTP.</summary>
internal static class LocalHosting
{
    private const long LargestRequest = 64 * 1024;

    public static void AddLocalEndpoint(this WebApplicationBuilder builder, LocalSettings settings)
    {
        builder.Services.AddSingleton<EventStream>();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestRequest;
            kestrel.Limits.MaxConcurrentConnections = 64;
            kestrel.ListenUnixSocket(settings.Socket);
            if (settings.Http is { } http)
            {
                if (http.Host == "localhost") kestrel.ListenLocalhost(http.Port);
                else kestrel.Listen(IPAddress.Parse(http.Host.Trim('[', ']')), http.Port);
            }
        });
    }

    /// <summary>Makes room for the socket: its directory, and away with what a killed daemon left behind.</summary>
    /// <remarks>Call it only while holding the database's lock, so that no running daemon loses its socket.</remarks>
    public static void PrepareSocket(LocalSettings settings)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(settings.Socket)!);
        File.Delete(settings.Socket);
    }

    /// <summary>Lets the service's group in, and nobody else.</summary>
    public static void OpenSocketToGroup(LocalSettings settings) =>
        File.SetUnixFileMode(settings.Socket, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite);
}
