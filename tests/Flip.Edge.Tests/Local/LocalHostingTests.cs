using System.Net.Sockets;
using Flip.Edge.Configuration;
using Flip.Edge.Local;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Local;

public sealed class LocalHostingTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public void A_file_that_is_no_socket_is_left_alone()
    {
        string file = _directory.Write("flip-edge.db", "the outbox of this gateway");

        IOException refused = Assert.Throws<IOException>(() => LocalHosting.PrepareSocket(new LocalSettings(file, null)));

        Assert.Contains("is no socket", refused.Message, StringComparison.Ordinal);
        Assert.Equal("the outbox of this gateway", File.ReadAllText(file));
    }

    [Fact]
    public void A_socket_that_somebody_answers_on_is_not_taken_away()
    {
        string path = _directory.File("edge.sock");
        using Socket other = Listen(path);

        IOException refused = Assert.Throws<IOException>(() => LocalHosting.PrepareSocket(new LocalSettings(path, null)));

        Assert.Contains("another daemon answers", refused.Message, StringComparison.Ordinal);
        Assert.True(Path.Exists(path));
    }

    [Fact]
    public void A_socket_that_a_killed_daemon_left_behind_is_removed()
    {
        string path = _directory.File("edge.sock");
        // A plain descriptor, closed without removing the file, as after kill -9.
        using (Socket dead = Listen(path)) File.Move(path, path + ".kept");
        File.Move(path + ".kept", path);

        LocalHosting.PrepareSocket(new LocalSettings(path, null));

        Assert.False(Path.Exists(path));
    }

    private static Socket Listen(string path)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        socket.Listen();
        return socket;
    }

    public void Dispose() => _directory.Dispose();
}
