using System.Runtime.InteropServices;

namespace Flip.Edge.Cli;

/// <summary>
/// Standard output or standard error, by its number. .NET's console would switch a terminal's keypad to another mode at the first word and leave it there
/// (smkx, which a serial console shows), and bring the database of terminals along.
/// </summary>
/// <param name="descriptor">1 or 2.</param>
internal sealed partial class StandardOutput(int descriptor) : Stream
{
    private const int Interrupted = 4, TryAgain = 11, BrokenPipe = 32; // errno(3)
    private const short Writable = 4; // POLLOUT

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Writes all of it. What is written to a pipe whose reader has gone is dropped, as every command does behind <c>| head -1</c>.</summary>
    /// <exception cref="IOException">It can't be written: the disk is full, for one.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            nint written = WriteSome(descriptor, buffer, (nuint)buffer.Length);
            if (written >= 0)
            {
                buffer = buffer[(int)written..];
                continue;
            }

            switch (Marshal.GetLastPInvokeError())
            {
                case Interrupted: break;
                case BrokenPipe: return;
                // Whoever shares the terminal or the pipe has made it so that nobody waits.
                case TryAgain:
                    PollTarget room = new() { Descriptor = descriptor, Events = Writable };
                    _ = Poll(ref room, 1, -1);
                    break;
                case var error: throw new IOException(Marshal.GetPInvokeErrorMessage(error));
            }
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // Nothing is held back.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint WriteSome(int file, ReadOnlySpan<byte> bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref PollTarget target, nuint count, int milliseconds);

    /// <summary><c>struct pollfd</c>.</summary>
    private struct PollTarget
    {
        public int Descriptor;
        public short Events;
        public short Happened;
    }
}
