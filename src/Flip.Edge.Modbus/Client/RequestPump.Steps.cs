namespace Flip.Edge.Modbus;

/// <content>What happens around the exchange of one request and its answer.</content>
internal sealed partial class RequestPump
{
    /// <summary>As much as a serial port's buffer holds. On a line that never falls silent the request is sent all the same.</summary>
    private const int MostUnasked = 4096;

    /// <summary>Starts a wait that ends after some time, when the caller gives up, or when the client is disposed.</summary>
    private CancellationToken Begin(TimeSpan span, CancellationToken ct)
    {
        CancellationToken token = _deadline.Start(span);

        // Both may have happened before the start, which would have undone them.
        ct.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_isStopping, this);
        return token;
    }

    /// <summary>
    /// Waits on where something has come that is not the answer yet: as long again for an answer that has begun, and as long as the device
    /// was just found to need when a late reply came.
    /// </summary>
    private CancellationToken Prolong(in ModbusCall call, CancellationToken stop, CancellationToken ct)
    {
        TimeSpan passed = _time.GetElapsedTime(_sentAt);
        bool isUnderWay = _framer.IsUnderWay(call, _inbox);
        if (!isUnderWay) _heardAt = 0; // that was not the answer
        _timeout = Timing.Timeout;
        TimeSpan until = isUnderWay ? passed + _timeout : _timeout;
        TimeSpan most = _timeout + LongestAnswer;
        if (until > most) until = most;
        if (until <= _until) return stop;
        _until = until;
        return Begin(until > passed ? until - passed : TimeSpan.FromTicks(1), ct);
    }

    /// <summary>Waits until the line may be used, and empties it. False when it turns out to be closed.</summary>
    private async ValueTask<bool> IsReadyAsync(ILink link, ModbusCall call, CancellationToken ct)
    {
        if (_opener.IsRtu && !await ListenAsync(link, call, ct).ConfigureAwait(false)) return false;
        await _pause.BeforeRequestAsync(Begin(Timeout.InfiniteTimeSpan, ct)).ConfigureAwait(false);
        if (!_opener.IsRtu && !_counters.IgnoresTransactionId) return call.IsRead || !link.IsClosed();

        int waiting = link.Waiting(); // in addition to what came along with the last answer
        for (int received = 0; waiting > 0 && received < MostUnasked; waiting = link.Waiting())
        {
            int got = await link.ReceiveAsync(_inbox.Free, Begin(Timeout.InfiniteTimeSpan, ct)).ConfigureAwait(false);
            if (!Received(got)) return false;
            received += got;
        }

        if (waiting < 0) return false;
        if (_framer is RtuFramer rtu) rtu.NoteUnasked(_inbox.Bytes);
        _inbox.Clear();
        return true;
    }

    /// <summary>Listens for the late reply of a request that was given up; see <see cref="Quarantine"/>.</summary>
    private async ValueTask<bool> ListenAsync(ILink link, ModbusCall call, CancellationToken ct)
    {
        TimeSpan left = _quarantine.Left(call, out long sentAt);
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
                _inbox.Take(start + length);
                _counters.LateReplies++;
                Timing.AnsweredLate(_time.GetElapsedTime(sentAt) - _opener.Timing.Characters(length));
            }
            catch (OperationCanceledException) when (_deadline.IsOver && !ct.IsCancellationRequested && !_isStopping)
            {
                _inbox.Clear(); // It did not come. Good.
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
        _wasHeard = true;
        if (_heardAt == 0) _heardAt = _time.GetTimestamp();
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
        // A serial line brings the late reply even if the port or the device server's socket is opened again.
        if (_opener.IsRtu) _quarantine.Add(call, _sentAt, Timing.Timeout);

        // On Modbus TCP the transaction id tells it, where it is echoed.
        bool isMidFrame = _isSending || _inbox.Length > 0;
        bool isGone = ++_silentTimeouts >= SilentTimeoutsBeforeReopen + (_wasHeard ? 0 : 1);
        if (_opener.IsSocket && (isMidFrame || isGone || _counters.IgnoresTransactionId)) CloseLink();
        _inbox.Clear();
    }
}
