namespace Flip.Edge.Modbus;

/// <content>What happens around the exchange of one request and its answer.</content>
internal sealed partial class RequestPump
{
    /// <summary>Starts a wait that ends after some time, when the caller gives up, or when the client is disposed.</summary>
    private CancellationToken Begin(TimeSpan span, CancellationToken ct)
    {
        CancellationToken token = _deadline.Start(span);

        // Both may have happened before the start, which would have undone them.
        ct.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_isStopping, this);
        return token;
    }

    /// <summary>Waits until the line may be used, and empties it. False when it turns out to be closed.</summary>
    private async ValueTask<bool> IsReadyAsync(ILink link, ModbusCall call, CancellationToken ct)
    {
        if (_opener.IsRtu && !await ListenAsync(link, call, ct).ConfigureAwait(false)) return false;
        await _pause.BeforeRequestAsync(Begin(Timeout.InfiniteTimeSpan, ct)).ConfigureAwait(false);
        if (!_opener.IsRtu) return call.IsRead || !link.IsClosed();

        int drained = link.Drain();
        if (drained < 0) return false;
        _counters.BytesReceived += drained;
        _inbox.Clear();
        return true;
    }

    /// <summary>Listens for the late reply of a request that was given up; see <see cref="Quarantine"/>.</summary>
    private async ValueTask<bool> ListenAsync(ILink link, ModbusCall call, CancellationToken ct)
    {
        TimeSpan left = _quarantine.Left(call);
        if (left > TimeSpan.Zero)
        {
            _inbox.Clear();
            try
            {
                CancellationToken stop = Begin(left, ct);
                int start, length;
                while (!RtuFramer.TryFind(_inbox.Bytes, call.Unit, call.Function, out start, out length))
                {
                    if (!Received(await link.ReceiveAsync(_inbox.Free, stop).ConfigureAwait(false))) return false;
                }

                ((RtuFramer)_framer).NoteForeign(call, _inbox.Bytes[..(start + length)]);
            }
            catch (OperationCanceledException) when (_deadline.IsOver && !ct.IsCancellationRequested && !_isStopping)
            {
                // It did not come. Good.
            }
        }

        _quarantine.Remove(call);
        return true;
    }

    /// <summary>Notes what was received. False for nothing: the other side closed.</summary>
    private bool Received(int count)
    {
        if (count <= 0) return false;
        _inbox.Received(count);
        _counters.BytesReceived += count;
        _silentTimeouts = 0;
        _pause.Traffic();
        return true;
    }

    private void CloseLink()
    {
        _link?.Dispose();
        _link = null;
        _inbox.Clear();
    }

    /// <summary>Leaves the link such that the answer, should it still come, is not taken for that of the next request.</summary>
    private void GiveUp(in ModbusCall call)
    {
        if (_opener.IsRtu) _quarantine.Add(call, _options.ResponseTimeout);

        // On Modbus TCP the transaction id tells a late reply. A serial port would bring it even if it were opened again.
        bool isMidFrame = _isSending || _inbox.Length > 0;
        bool isGone = ++_silentTimeouts >= SilentTimeoutsBeforeReopen;
        if (_opener.IsRtu ? _opener.IsSocket : isMidFrame || isGone) CloseLink();
    }

    private void Conclude(in ModbusCall call, in Verdict verdict)
    {
        switch (verdict.Kind)
        {
            case VerdictKind.Refused:
                throw new ModbusDeviceException(call.Describe(_endpoint.Bus), verdict.Code);
            case VerdictKind.Broken:
                _counters.BrokenFrames++;
                if (_opener.IsSocket) CloseLink();
                throw new ModbusFrameException(call.Describe(_endpoint.Bus), verdict.Why!);
        }
    }

    private ModbusException TimedOut(in ModbusCall call)
    {
        int rubbish = _opener.IsRtu ? ((RtuFramer)_framer).NoteForeign(call, _inbox.Bytes) : _inbox.Length;
        if (rubbish > 0)
        {
            _counters.BrokenFrames++;
            return new ModbusFrameException(call.Describe(_endpoint.Bus), _opener.IsRtu
                ? $"{rubbish} bytes came within {Limit}, but no whole reply with a right CRC"
                : $"the reply broke off after {rubbish} bytes and did not go on within {Limit}");
        }

        _counters.Timeouts++;
        string? instead = _framer.Instead;
        return new ModbusTimeoutException(call.Describe(_endpoint.Bus), instead is null ? $"no reply within {Limit}" : $"no reply within {Limit}; {instead}");
    }

    private string Limit => $"{_options.ResponseTimeout.TotalSeconds:0.###} s";

    private ModbusConnectionException Lost(in ModbusCall call, bool isMidReply)
    {
        string what = isMidReply ? "the connection was closed in the middle of the reply" : "the connection was closed by the other side";
        if (_isSent && !call.IsRead) what += "; whether the device carried out the write is unknown";
        return new(call.Describe(_endpoint.Bus), ModbusConnectionFailure.Lost, what, _loss);
    }
}
