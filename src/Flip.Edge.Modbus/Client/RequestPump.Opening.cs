namespace Flip.Edge.Modbus;

/// <content>How a link comes to be.</content>
internal sealed partial class RequestPump
{
    private async ValueTask OpenAsync(ModbusCall call, CancellationToken ct)
    {
        try
        {
            await ConnectAsync(call, ct).ConfigureAwait(false);
            if (_options.ConnectDelay <= TimeSpan.Zero || _skipsConnectDelay) return;
            await Task.Delay(_options.ConnectDelay, _time, Begin(Timeout.InfiniteTimeSpan, ct)).ConfigureAwait(false);
            if (!_link!.IsClosed()) return;

            // One model wants the delay, the next of the same vendor drops the link meanwhile: https://github.com/wlcrs/huawei_solar/issues/1436
            _skipsConnectDelay = true;
            CloseLink();
            await ConnectAsync(call, ct).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            CloseLink();
            ObjectDisposedException.ThrowIf(_isStopping, this);
            _counters.ConnectionFailures++;
            throw LinkFailure.OfTimeout(call.Describe(_endpoint.Bus), _options.ConnectTimeout);
        }
        catch (OperationCanceledException)
        {
            CloseLink();
            throw new OperationCanceledException(ct);
        }
        catch (ModbusConnectionException)
        {
            _counters.ConnectionFailures++;
            throw;
        }
    }

    private async ValueTask ConnectAsync(ModbusCall call, CancellationToken ct)
    {
        _inbox.Clear();
        _silentTimeouts = 0;
        _wasHeard = false;
        _link = await _opener.OpenAsync(call.Describe(_endpoint.Bus), Begin(_options.ConnectTimeout, ct)).ConfigureAwait(false);
        _counters.Connects++;
    }
}
