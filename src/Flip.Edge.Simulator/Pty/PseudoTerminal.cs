using System.Runtime.InteropServices;
using System.Text;

namespace Flip.Edge.Simulator.Pty;

/// <summary>A pair of pseudo-terminals (Linux) that stands in for a serial cable: one end is a stream here, the other a device file.</summary>
/// <remarks>The slave is kept open here, so that the master outlives clients that come and go.</remarks>
public sealed class PseudoTerminal : IAsyncDisposable
{
    private readonly int _master;
    private readonly int _slave = -1;
    private readonly PtyMasterStream _stream;
    private bool _disposed;

    /// <summary>Makes a pair in raw mode.</summary>
    /// <exception cref="IOException">The system has no pseudo-terminal left.</exception>
    public PseudoTerminal()
    {
        _master = Libc.Checked(Libc.OpenMaster(Libc.ReadWrite | Libc.NoControllingTty | Libc.NonBlocking | Libc.CloseOnExec), "posix_openpt");
        try
        {
            Libc.Checked(Libc.Grant(_master), "grantpt");
            Libc.Checked(Libc.Unlock(_master), "unlockpt");
            SlavePath = NameOf(_master);
            _slave = Libc.Checked(Libc.Open(SlavePath, Libc.ReadWrite | Libc.NoControllingTty | Libc.CloseOnExec), SlavePath);
            MakeRaw(_slave);
            _stream = new PtyMasterStream(_master, _slave);
        }
        catch
        {
            CloseBoth();
            throw;
        }
    }

    /// <summary>The device file that a client opens as its serial port, for example <c>/dev/pts/7</c>.</summary>
    public string SlavePath { get; }

    /// <summary>What the client writes can be read here, and the other way round. Reads are cancellable.</summary>
    public Stream Master => _stream;

    /// <summary>Closes both ends; a client that still holds the slave sees a hang-up.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        await _stream.DisposeAsync();
        CloseBoth();
    }

    private static unsafe string NameOf(int master)
    {
        byte* name = stackalloc byte[128];
        int error = Libc.SlaveName(master, name, 128);
        if (error != 0) throw new IOException($"ptsname_r: {Marshal.GetPInvokeErrorMessage(error)}");
        return Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name));
    }

    private static unsafe void MakeRaw(int slave)
    {
        byte* termios = stackalloc byte[Libc.TermiosSize];
        Libc.Checked(Libc.GetAttributes(slave, termios), "tcgetattr");
        Libc.MakeRaw(termios);
        Libc.Checked(Libc.SetAttributes(slave, 0, termios), "tcsetattr");
    }

    private void CloseBoth()
    {
        if (_slave >= 0) _ = Libc.Close(_slave);
        _ = Libc.Close(_master);
    }
}
