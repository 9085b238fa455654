using System.Buffers.Binary;
using System.CommandLine;
using System.Runtime.InteropServices;
using Flip.Edge.Simulator.Pty;
using Microsoft.Win32.SafeHandles;

namespace Flip.Edge.Simulator.Commands;

/// <summary><c>flip-edge-sim button</c>: one press, as an input device would tell it, written into the FIFO that a daemon reads.</summary>
internal sealed class ButtonCommand : Command
{
    // linux/input-event-codes.h.
    private const ushort SynchronizationType = 0, KeyType = 1, DefaultKey = 148;
    private const int WriteOnly = 0x1, NoReader = 6;

    private static readonly TimeSpan ShortHold = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan LongHold = TimeSpan.FromSeconds(3.5);
    private static readonly TimeSpan BouncePause = TimeSpan.FromMilliseconds(2);

    private readonly Argument<string> _fifo = new("FIFO") { Description = "What Button:Input:Device names; made with mkfifo, and read by a running daemon" };
    private readonly Option<ushort> _key = new("--key") { Description = "Number of the key; 148 is KEY_PROG1", HelpName = "N", DefaultValueFactory = _ => DefaultKey };
    private readonly Option<bool> _long = new("--long") { Description = "Hold it for 3.5 s, which is a long press, in place of 0.15 s" };
    private readonly Option<int> _bounce = new("--bounce") { Description = "How often the contact bounces at both ends, every 2 ms", HelpName = "N" };

    public ButtonCommand()
        : base("button", "Presses a button once: writes the records of an input device (struct input_event) into a FIFO")
    {
        Add(_fifo);
        foreach (var option in (Option[])[_key, _long, _bounce]) Add(option);
        SetAction((parsed, ct) => PressAsync(
            parsed.GetRequiredValue(_fifo), parsed.GetValue(_key), parsed.GetValue(_long) ? LongHold : ShortHold, parsed.GetValue(_bounce),
            parsed.InvocationConfiguration.Output, ct));
    }

    private static async Task<int> PressAsync(string path, ushort key, TimeSpan hold, int bounces, TextWriter output, CancellationToken ct)
    {
        using var stream = new FileStream(Open(path), FileAccess.Write, bufferSize: 0);
        if (stream.CanSeek) throw new IOException($"{path} is an ordinary file, and not a FIFO: mkfifo makes one");
        var down = TimeProvider.System.GetElapsedTime(0);
        await stream.WriteAsync(Edge(key, 1, down, bounces), ct).ConfigureAwait(false);
        await Task.Delay(hold, TimeProvider.System, ct).ConfigureAwait(false);
        await stream.WriteAsync(Edge(key, 0, TimeProvider.System.GetElapsedTime(0), bounces), ct).ConfigureAwait(false);
        await output.WriteLineAsync($"pressed key {key} for {hold.TotalSeconds} s{(bounces > 0 ? $", with {bounces} bounces at both ends" : "")}").ConfigureAwait(false);
        return SimulatorCommandLine.Done;
    }

    /// <summary>One change of the key and the bounces before it.</summary>
    private static byte[] Edge(ushort key, int value, TimeSpan at, int bounces)
    {
        var records = new List<byte>();
        for (var change = 0; change <= bounces * 2; change++)
        {
            var time = at + (change * BouncePause);
            records.AddRange(Record(KeyType, key, change % 2 == 0 ? value : 1 - value, time));
            records.AddRange(Record(SynchronizationType, 0, 0, time));
        }

        return [.. records];
    }

    /// <summary>struct input_event of a 64-bit process, linux/input.h; every machine that this is built for is little-endian.</summary>
    private static byte[] Record(ushort type, ushort code, int value, TimeSpan at)
    {
        var record = new byte[24];
        BinaryPrimitives.WriteInt64LittleEndian(record, (long)at.TotalSeconds);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(8), at.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond);
        BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(16), type);
        BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(18), code);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(20), value);
        return record;
    }

    // FileStream would wait until somebody reads.
    private static SafeFileHandle Open(string path)
    {
        var descriptor = Libc.Open(path, WriteOnly | Libc.NonBlocking | Libc.CloseOnExec);
        if (descriptor >= 0) return new(descriptor, ownsHandle: true);
        var error = Marshal.GetLastPInvokeError();
        throw new IOException(error == NoReader
            ? $"nobody reads {path}: start the daemon with Button:Input:Device set to it, and see its log for \"bound to\""
            : $"{path}: {Marshal.GetPInvokeErrorMessage(error)}");
    }
}
