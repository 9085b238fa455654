using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Flip.Edge.Button;

/// <summary>Takes what was read.</summary>
/// <param name="bytes">At least one; a record may be cut.</param>
internal delegate void BytesRead(ReadOnlySpan<byte> bytes);

/// <summary>
/// Waits for a descriptor in poll(2), on a thread of its own: a read of a device can't be cancelled, and would keep a thread of the pool for
/// ever. Nothing wakes it but bytes, the device's end and <see cref="Dispose"/>.
/// </summary>
internal sealed unsafe class ReadingThread : IDisposable
{
    // 64 input events, which is what the kernel keeps for a reader at first.
    private const int BufferSize = 64 * 24;

    private readonly SafeFileHandle _file;
    private readonly BytesRead _read;
    private readonly SafeFileHandle _wake;
    private readonly Thread _thread;
    private readonly TaskCompletionSource<int> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="name">Name of the thread.</param>
    /// <param name="file">Its owner closes it, after this was disposed.</param>
    /// <param name="read">Called on the thread. What it throws ends the thread and is handed to <see cref="End"/>.</param>
    public ReadingThread(string name, SafeFileHandle file, BytesRead read)
    {
        (_file, _read) = (file, read);
        _wake = Libc.EventDescriptor(0, Libc.CloseOnExec | Libc.NonBlocking);
        if (_wake.IsInvalid) throw new IOException($"eventfd: {Marshal.GetLastPInvokeErrorMessage()}");
        _thread = new(Run) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>
    /// The error with which reading ended, 0 where there is nothing more to read: the device is gone. Cancelled when it was stopped; failed
    /// when what was read could not be used.
    /// </summary>
    public Task<int> End => _end.Task;

    public void Dispose()
    {
        ulong one = 1;
        _ = Libc.Write(_wake, (byte*)&one, sizeof(ulong));
        _thread.Join();
        _wake.Dispose();
    }

    private void Run()
    {
        try
        {
            if (Follow() is { } error) _end.TrySetResult(error);
            else _end.TrySetCanceled();
        }
#pragma warning disable CA1031 // On a bare thread it would end the daemon; whoever awaits the end says it.
        catch (Exception failed)
#pragma warning restore CA1031
        {
            _end.TrySetException(failed);
        }
    }

    /// <summary>Null when it was stopped.</summary>
    private int? Follow()
    {
        Libc.PollEntry* entries = stackalloc Libc.PollEntry[2];
        byte* buffer = stackalloc byte[BufferSize];
        while (true)
        {
            entries[0] = new() { Descriptor = (int)_file.DangerousGetHandle(), Wanted = Libc.PollIn };
            entries[1] = new() { Descriptor = (int)_wake.DangerousGetHandle(), Wanted = Libc.PollIn };
            if (Libc.Poll(entries, 2, -1) < 0)
            {
                if (Marshal.GetLastPInvokeError() == Libc.Interrupted) continue;
                return Marshal.GetLastPInvokeError();
            }

            if (entries[1].Happened != 0) return null;
            nint count = Libc.Read(_file, buffer, BufferSize);
            if (count > 0)
            {
                _read(new(buffer, (int)count));
                continue;
            }

            int error = count == 0 ? 0 : Marshal.GetLastPInvokeError();
            // A hang-up without an error of the read would come back at once, for ever.
            bool isAgain = error is Libc.Again or Libc.Interrupted && (entries[0].Happened & ~Libc.PollIn) == 0;
            if (!isAgain) return error;
        }
    }
}
