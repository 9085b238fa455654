using System.Net.Sockets;
using Flip.Edge.Logs;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Flip.Edge.Tests.Logs;

/// <summary>A real datagram socket stands for journald's.</summary>
public sealed class JournalSinkTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly StringWriter _errors = new();
    private readonly JournalSink _sink;

    public JournalSinkTests() => _sink = new(_directory.File("journal"), _errors, TimeProvider.System);

    [Fact]
    public void A_line_arrives_with_its_fields()
    {
        using Socket journal = Journal();

        _sink.Write(Line("Device battery-1 is unreachable"));

        Dictionary<string, string> fields = Receive(journal);
        Assert.Equal("Flip.Edge.Monitoring.DeviceMonitor[102] Device battery-1 is unreachable", fields["MESSAGE"]);
        Assert.Equal("battery-1", fields["FLIP_DEVICE"]);
        Assert.Empty(_errors.ToString());
    }

    [Fact]
    public void Without_a_journal_a_line_goes_to_standard_error_with_its_priority()
    {
        _sink.Write(Line("alone"));

        Assert.Equal("<4>Flip.Edge.Monitoring.DeviceMonitor[102] alone\n", _errors.ToString());
    }

    [Fact]
    public void A_journal_that_was_restarted_is_found_again()
    {
        using (Socket before = Journal())
        {
            _sink.Write(Line("one"));
            Receive(before);
        }

        File.Delete(_directory.File("journal"));
        _sink.Write(Line("two"));
        using Socket after = Journal();
        _sink.Write(Line("three"));

        Assert.Contains("two", _errors.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("three", Receive(after)["MESSAGE"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_journal_that_takes_nothing_holds_nothing_up_and_how_many_lines_were_lost_is_told()
    {
        using Socket journal = Journal();
        const int Written = 5_000; // net.unix.max_dgram_qlen is 10 to 512
        for (int i = 0; i < Written; i++) _sink.Write(Line("much"));
        int taken = 0;
        while (journal.Available > 0)
        {
            Receive(journal);
            taken++;
        }

        _sink.Write(Line("later"));

        Assert.EndsWith("later", Receive(journal)["MESSAGE"], StringComparison.Ordinal);
        Dictionary<string, string> told = Receive(journal);
        Assert.Equal("602", told["FLIP_EVENT_ID"]);
        Assert.Contains($" {Written - taken} lines were lost", told["MESSAGE"], StringComparison.Ordinal);
    }

    private Socket Journal()
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 10_000 };
        socket.Bind(new UnixDomainSocketEndPoint(_directory.File("journal")));
        return socket;
    }

    private static Dictionary<string, string> Receive(Socket journal)
    {
        byte[] entry = new byte[256 * 1024];
        return JournalFields.Read(entry.AsSpan(0, journal.Receive(entry)));
    }

    private static LogLine Line(string message) => new(0, LogLevel.Warning, "Flip.Edge.Monitoring.DeviceMonitor", 102, message, [new("Device", "battery-1")], null);

    public void Dispose()
    {
        _sink.Dispose();
        _errors.Dispose();
        _directory.Dispose();
    }
}
