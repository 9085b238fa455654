namespace Flip.Edge.Modbus;

/// <summary>A small Modbus RTU server (a "slave") on one duplex stream, for simulators and tests.</summary>
/// <remarks>
/// It finds requests in rubbish, leaves those of other units alone (the bank returns <see cref="IRegisterBank.NoReply"/>), and carries
/// out writes to unit 0 without a reply.
/// </remarks>
public sealed class ModbusRtuServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Stream _line;
    private readonly bool _leaveOpen;
    private bool _isDisposed;

    private ModbusRtuServer(IRegisterBank bank, Stream line, bool leaveOpen, TimeProvider timeProvider)
    {
        _line = line;
        _leaveOpen = leaveOpen;
        Completion = ServeAsync(bank, timeProvider);
    }

    /// <summary>Ends when the stream does or the server is disposed.</summary>
    public Task Completion { get; }

    /// <summary>Starts answering.</summary>
    /// <param name="bank">Answers the requests.</param>
    /// <param name="line">A duplex stream: <see cref="SerialLine.Open"/>, the master of a pseudo-terminal, a network stream.</param>
    /// <param name="leaveOpen">Whether the stream outlives the server.</param>
    /// <param name="timeProvider">The clock by which a half frame is given up.</param>
    public static ModbusRtuServer Start(IRegisterBank bank, Stream line, bool leaveOpen = false, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(bank);
        ArgumentNullException.ThrowIfNull(line);
        return new ModbusRtuServer(bank, line, leaveOpen, timeProvider ?? TimeProvider.System);
    }

    /// <summary>Stops answering and closes the stream, unless it was to be left open.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        await _stop.CancelAsync().ConfigureAwait(false);
        if (!_leaveOpen) await _line.DisposeAsync().ConfigureAwait(false);
        await Completion.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task ServeAsync(IRegisterBank bank, TimeProvider time)
    {
        try
        {
            await RtuResponder.ServeAsync(bank, _line, time, _stop.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Stopped, or the line is gone.
        }
    }
}
