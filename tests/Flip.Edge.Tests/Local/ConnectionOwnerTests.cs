using System.Diagnostics;
using System.Net.Sockets;
using Flip.Edge.Configuration;
using Flip.Edge.Local;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Local;

/// <summary>
/// An attacker's finding: whoever opened 64 connections in the time between a command's connect and its request closed that command's. The command is
/// a Perl script here: every Debian has it, and it takes its time on demand.
/// </summary>
public sealed class ConnectionOwnerTests : IAsyncLifetime
{
    private const string Perl = "/usr/bin/perl";

    private const string Command = """
        $| = 1;
        my $daemon = IO::Socket::UNIX->new(Peer => $ARGV[0]) or die "no connection: $!";
        print "connected\n";
        <STDIN>;
        print $daemon "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        print scalar(<$daemon>) // "closed\n";
        """;

    private readonly TempDirectory _directory = new();
    private readonly List<Socket> _flood = [];
    private EdgeSettings _settings = null!;
    private EdgeUnderTest _edge = null!;

    public async ValueTask InitializeAsync() => _edge = await EdgeUnderTest.StartAsync(_settings = EdgeUnderTest.Settings(_directory, null));

    [Fact(Timeout = 120_000)]
    public async Task A_flood_closes_its_own_connections_and_not_that_of_a_command_which_is_slow_to_ask()
    {
        if (!File.Exists(Perl)) Assert.Skip($"there is no {Perl} to play the command");
        using Process command = Process.Start(new ProcessStartInfo(Perl, ["-MIO::Socket::UNIX", "-e", Command, _settings.Local.Socket]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Assert.Equal("connected", await command.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));

        for (int i = 0; i < 3 * ConnectionSlots.Most; i++)
        {
            Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            _flood.Add(socket);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(_settings.Local.Socket), TestContext.Current.CancellationToken);
        }

        await FaultRig.UntilAsync(() => _flood.Count(IsClosed) >= 2 * ConnectionSlots.Most);
        await command.StandardInput.WriteLineAsync("ask".AsMemory(), TestContext.Current.CancellationToken);

        Assert.Equal("HTTP/1.1 200 OK", (await command.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))?.Trim());
        await command.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private static bool IsClosed(Socket socket) => socket.Poll(0, SelectMode.SelectRead) && socket.Available == 0;

    public async ValueTask DisposeAsync()
    {
        _flood.ForEach(socket => socket.Dispose());
        await _edge.DisposeAsync();
        _directory.Dispose();
    }
}
