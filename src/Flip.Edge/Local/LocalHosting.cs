using System.Net;
using System.Net.Sockets;
using Flip.Edge.Configuration;
using Flip.Edge.Supervision;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Flip.Edge.Local;

/// <summary>Where the local endpoint listens: a Unix socket for whoever is in the service's group, and loopback HTTP.</summary>
internal static class LocalHosting
{
    private const long LargestRequest = 64 * 1024;

    // No request of ours has more than a few hundred bytes of head.
    private const int LargestHead = 8 * 1024;
    private static readonly TimeSpan SlowestHead = TimeSpan.FromSeconds(10);

    public static void AddLocalEndpoint(this IServiceCollection services, LocalSettings settings)
    {
        services.AddSingleton<EventStream>();
        services.AddSingleton<SupportRoutes>();
        services.AddHostedService(provider => new LocalServer(Listeners(settings, provider), provider.MapLocalEndpoint(), provider.GetRequiredService<StepBoard>(), provider.GetRequiredService<ILoggerFactory>()));
    }

    private static KestrelServerOptions Listeners(LocalSettings settings, IServiceProvider services)
    {
        KestrelServerOptions kestrel = new() { AddServerHeader = false };
        kestrel.Limits.MaxRequestBodySize = LargestRequest;
        kestrel.Limits.RequestHeadersTimeout = SlowestHead;
        kestrel.Limits.MaxRequestHeadersTotalSize = LargestHead;
        kestrel.ListenUnixSocket(settings.Socket, listener => Limit(listener, settings.Socket, EventStream.MostOnSocket, services));
        if (settings.Http is { } http)
        {
            if (http.Host == "localhost") kestrel.ListenLocalhost(http.Port, listener => Limit(listener, http.ToString(), EventStream.MostOverHttp, services));
            else kestrel.Listen(IPAddress.Parse(http.Host.Trim('[', ']')), http.Port, listener => Limit(listener, http.ToString(), EventStream.MostOverHttp, services));
        }

        return kestrel;
    }

    // Each listener has its own: what any local process does to HTTP, those in the group do not feel on the socket.
    private static void Limit(ListenOptions listener, string name, int mostStreams, IServiceProvider services)
    {
        ConnectionSlots slots = new(name, mostStreams, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILoggerFactory>().CreateLogger<ConnectionSlots>());
        listener.Use(next => connection => slots.RunAsync(connection, next));
    }

    /// <summary>Makes room for the socket: its directory, and away with what a killed daemon left behind.</summary>
    /// <remarks>Call it only while holding the database's lock, so that no running daemon loses its socket.</remarks>
    public static void PrepareSocket(LocalSettings settings)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(settings.Socket)!);
        if (!Path.Exists(settings.Socket)) return;
        if (!IsSocket(settings.Socket))
        {
            throw new IOException($"{settings.Socket} exists and is no socket; it is left alone: name another path in Local:Socket, or move it away");
        }

        if (Answers(settings.Socket)) throw new IOException($"another daemon answers on {settings.Socket}; stop it first, or name another path in Local:Socket");
        File.Delete(settings.Socket);
    }

    // A socket is the one kind of file that can't be opened (ENXIO, open(2)).
    private static bool IsSocket(string path)
    {
        try
        {
            File.OpenHandle(path).Dispose();
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static bool Answers(string path)
    {
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Lets the service's group in, and nobody else.</summary>
    public static void OpenSocketToGroup(LocalSettings settings) =>
        File.SetUnixFileMode(settings.Socket, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite);
}
