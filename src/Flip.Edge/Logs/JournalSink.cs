using System.Globalization;
using System.Net.Sockets;

namespace Flip.Edge.Logs;

/// <summary>
/// Sends each line to the journal with its fields. It never waits: where the journal is too busy to take a line, the line is counted, and the
/// count is told with the next one; where there is no journal, the line goes to standard error.
/// </summary>
internal sealed class JournalSink : ILogSink, IDisposable
{
    /// <summary>journald's own; see <c>systemd-journald.socket</c>.</summary>
    public const string DefaultSocket = "/run/systemd/journal/socket";

    // Own lines have no category of a type; 602 is in docs/operations.md.
    private const int LostEvent = 602;

    private readonly string _path;
    private readonly TextWriter _errors;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private Socket? _socket;
    private long _lost;

    public JournalSink(TimeProvider time)
        : this(DefaultSocket, Console.Error, time)
    {
    }

    public JournalSink(string path, TextWriter errors, TimeProvider time) => (_path, _errors, _time) = (path, errors, time);

    public void Write(LogLine line)
    {
        lock (_gate)
        {
            SocketError sent = Send(line);
            if (sent == SocketError.WouldBlock)
            {
                _lost++;
                return;
            }

            if (sent != SocketError.Success)
            {
                _errors.WriteLine(string.Create(CultureInfo.InvariantCulture, $"<{JournalEntry.Priority(line.Level)}>{line.Text}"));
                return;
            }

            if (_lost == 0) return;
            string sentence = $"{Counted.Of(_lost, "line was", "lines were")} lost before this, because the journal was too busy to take them";
            if (Send(new(_time.GetTimestamp(), LogLevel.Warning, typeof(JournalSink).FullName!, LostEvent, sentence, [], null)) == SocketError.Success) _lost = 0;
        }
    }

    public void Dispose()
    {
        lock (_gate) Close();
    }

    private SocketError Send(LogLine line)
    {
        byte[] entry = JournalEntry.Of(line);
        // Once more on a new socket: the old one may lead to a journal that is gone.
        SocketError first = TrySend(entry);
        return first is SocketError.Success or SocketError.WouldBlock ? first : TrySend(entry);
    }

    private SocketError TrySend(byte[] entry)
    {
        try
        {
            _socket ??= Connect();
            _socket.Send(entry, SocketFlags.None, out SocketError error);
            if (error is not (SocketError.Success or SocketError.WouldBlock)) Close();
            return error;
        }
        catch (SocketException away)
        {
            Close();
            return away.SocketErrorCode;
        }
    }

    private Socket Connect()
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(_path));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private void Close()
    {
        _socket?.Dispose();
        _socket = null;
    }
}
