using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.InteropServices;

namespace Flip.Edge.Simulator.Pty;

/// <summary>The master's end: a thread polls the descriptor and feeds a pipe, so that reads can be cancelled.</summary>
internal sealed class PtyMasterStream : Stream
{
    private readonly int _master;
    private readonly int _slave;
    private readonly int _wake;
    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 0));
    private readonly Stream _reader;
    private readonly Thread _thread;
    private volatile bool _closing;

    public PtyMasterStream(int master, int slave)
    {
        _master = master;
        _slave = slave;
        _wake = Libc.Checked(Libc.EventDescriptor(0, Libc.CloseOnExec), "eventfd");
        _reader = _pipe.Reader.AsStream();
        _thread = new Thread(Pump) { IsBackground = true, Name = "pty" };
        _thread.Start();
    }

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => _reader.Read(buffer, offset, count);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _reader.ReadAsync(buffer, cancellationToken);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override unsafe void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            ObjectDisposedException.ThrowIf(_closing, this);
            nint written;
            fixed (byte* bytes = buffer) written = Libc.Write(_master, bytes, (nuint)buffer.Length);
            if (written >= 0) buffer = buffer[(int)written..];
            else if (Marshal.GetLastPInvokeError() is not (Libc.Again or Libc.Interrupted)) throw new IOException($"pty: {Marshal.GetLastPInvokeErrorMessage()}");
            else if (!HasRoom()) return;
        }
    }

    /// <summary>A pty holds 4 kB, many frames; so this returns at once and is not worth a thread of its own.</summary>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override unsafe void Dispose(bool disposing)
    {
        if (disposing && !_closing)
        {
            _closing = true;
            ulong one = 1;
            _ = Libc.Write(_wake, (byte*)&one, sizeof(ulong));
            _thread.Join();
            _ = Libc.Close(_wake);
        }

        base.Dispose(disposing);
    }

    /// <summary>Waits a moment for somebody to read; if nobody does, the bytes are lost, as on a wire.</summary>
    private unsafe bool HasRoom()
    {
        Libc.PollEntry entry = new() { Descriptor = _master, Wanted = Libc.PollOut };
        return Libc.Poll(&entry, 1, 100) > 0;
    }

    private unsafe void Pump()
    {
        byte[] buffer = new byte[4096];
        Libc.PollEntry* entries = stackalloc Libc.PollEntry[2];
        entries[0] = new() { Descriptor = _master, Wanted = Libc.PollIn };
        entries[1] = new() { Descriptor = _wake, Wanted = Libc.PollIn };
        while (!_closing)
        {
            _ = Libc.Poll(entries, 2, -1);
            nint got;
            fixed (byte* bytes = buffer) got = Libc.Read(_master, bytes, (nuint)buffer.Length);
            if (got < 0 && Marshal.GetLastPInvokeError() is Libc.Again or Libc.Interrupted) continue;
            if (got <= 0) break;

            // A client that was killed leaves its exclusive lock behind, because the slave stays open here.
            _ = Libc.Control(_slave, Libc.ClearExclusive);
            _pipe.Writer.Write(buffer.AsSpan(0, (int)got));
            _ = _pipe.Writer.FlushAsync().AsTask(); // never waits: the pipe has no threshold
        }

        _pipe.Writer.Complete();
    }
}
