namespace Flip.Edge.Modbus;

/// <content>How a request ends that was not answered, and the sentence for it.</content>
internal sealed partial class RequestPump
{
    private void Conclude(in ModbusCall call, in Verdict verdict)
    {
        switch (verdict.Kind)
        {
            case VerdictKind.Refused:
                _counters.Exceptions++;
                throw new ModbusDeviceException(call.Describe(_endpoint.Bus), verdict.Code);
            case VerdictKind.Broken:
                _counters.BrokenFrames++;
                if (_opener.IsSocket) CloseLink();
                throw new ModbusFrameException(call.Describe(_endpoint.Bus), verdict.Why!);
        }
    }

    private ModbusException TimedOut(in ModbusCall call)
    {
        string limit = $"{_timeout.TotalSeconds:0.###} s";
        int rubbish = _framer.TimedOut(call, _inbox);
        string others = _counters.AnotherMaster is { } sentence ? $"; {sentence}" : "";
        if (rubbish > 0)
        {
            _counters.BrokenFrames++;
            return new ModbusFrameException(call.Describe(_endpoint.Bus), _opener.IsRtu
                ? $"{rubbish} bytes came within {limit}, but no whole reply with a right CRC{others}"
                : $"the reply broke off after {rubbish} bytes and did not go on within {limit}");
        }

        _counters.Timeouts++;
        string instead = _framer.Instead is { } came ? $"; {came}" : "";
        return new ModbusTimeoutException(call.Describe(_endpoint.Bus), $"no reply within {limit}{instead}{others}");
    }

    private ModbusConnectionException Lost(in ModbusCall call, bool isMidReply)
    {
        _counters.ConnectionFailures++;
        string what = isMidReply ? "the connection was closed in the middle of the reply"
            : _wasHeard || !_opener.IsSocket ? "the connection was closed by the other side"
            : "the connection was closed by the other side before anything was answered; another client may hold the device's only one";
        if (!_wasHeard && !isMidReply && _endpoint is ModbusRtuOverTcpEndpoint) what += ", or it speaks Modbus TCP: try tcp://";
        if (_isSent && !call.IsRead) what += "; whether the device carried out the write is unknown";
        return new(call.Describe(_endpoint.Bus), ModbusConnectionFailure.Lost, what, _loss);
    }
}
