using System.Runtime.CompilerServices;

namespace Flip.Edge.Modbus;

/// <summary>Carries out one request at a time on a link that it opens, and opens again, itself. Not thread safe: see <see cref="QueuedModbusClient"/>.</summary>
internal sealed partial class RequestPump : IDisposable
{
    /// <summary>
    /// A peer whose cable was pulled leaves no trace: after so many time-outs without a byte the connection is opened anew. One that has never
    /// said anything on this connection gets one more, because some dongles swallow what is sent to them at first.
    /// </summary>
    private const int SilentTimeoutsBeforeReopen = 2;

    /// <summary>How long an answer that trickles in is waited for: 260 bytes at 300 baud take 9.5 s, and no line is slower.</summary>
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(10);

    private readonly ModbusEndpoint _endpoint;
    private readonly ModbusClientOptions _options;
    private readonly ModbusCounters _counters;
    private readonly TimeProvider _time;
    private readonly LinkOpener _opener;
    private readonly Framer _framer;
    private readonly LinePause _pause;
    private readonly Quarantine _quarantine;
    private readonly Deadline _deadline;
    private readonly Inbox _inbox = new();
    private readonly byte[] _output = new byte[Framer.MaxFrame];
    private ILink? _link;
    private volatile bool _isStopping;
    private int _silentTimeouts;
    private bool _wasHeard;
    private bool _skipsConnectDelay;

    // Of the request under way:
    private bool _isSending;
    private bool _isSent;
    private long _sentAt;
    private long _heardAt;
    private TimeSpan _timeout;
    private TimeSpan _until;
    private Exception? _loss;

    public RequestPump(ModbusEndpoint endpoint, ModbusClientOptions options, TimeProvider time, ModbusCounters counters)
    {
        _endpoint = endpoint;
        _options = options;
        _counters = counters;
        _time = time;
        _opener = new LinkOpener(endpoint, time);
        Timing = new ResponseTiming(options);
        _framer = _opener.IsRtu ? new RtuFramer(counters, options.StripEcho) : new MbapFramer(counters, new Transactions(counters, Timing, time));
        _counters.IgnoresTransactionId = options.IgnoreTransactionId && !_opener.IsRtu;
        _quarantine = new Quarantine(time);
        _deadline = new Deadline(time);
        _pause = new LinePause(options, _opener.Timing, time);
    }

    /// <summary>What was learned of the devices' speed.</summary>
    public ResponseTiming Timing { get; }

    /// <summary>Carries out the request; reads that lost their connection once, and writes that can't have been sent, are repeated once.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask RunAsync(ModbusCall call, CancellationToken ct)
    {
        using CancellationTokenRegistration registration = ct.UnsafeRegister(static pump => ((RequestPump)pump!)._deadline.Cancel(), this);
        try
        {
            for (bool isAgain = false; ; isAgain = true)
            {
                if (_link is null) await OpenAsync(call, ct).ConfigureAwait(false);
                _isSending = _isSent = false;
                if (await TryAsync(call, ct).ConfigureAwait(false)) return;
                bool isMidReply = _isSent && _inbox.Length > 0; // else it is of the reply before
                CloseLink();
                if (isAgain || isMidReply || (_isSent && !call.IsRead)) throw Lost(call, isMidReply);
            }
        }
        finally
        {
            _deadline.Stop();
        }
    }

    /// <summary>Ends the request under way, now and for good.</summary>
    public void Stop()
    {
        _isStopping = true;
        _deadline.Cancel();
    }

    public void Dispose()
    {
        CloseLink();
        _deadline.Dispose();
    }

    /// <summary>Asks once. False when the connection was lost.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> TryAsync(ModbusCall call, CancellationToken ct)
    {
        ILink link = _link!;
        try
        {
            if (_opener.IsRtu || _pause.IsNeeded || !call.IsRead || _counters.IgnoresTransactionId)
            {
                if (!await IsReadyAsync(link, call, ct).ConfigureAwait(false)) return false;
            }

            int length = _framer.Encode(call, _output);
            TimeSpan onTheWire = _opener.Timing.Characters(length);
            _timeout = Timing.Timeout;
            _until = _timeout + onTheWire + _opener.Timing.Characters(call.AnswerLength + 3);
            CancellationToken stop = Begin(_until, ct);
            _counters.Requests++;
            _heardAt = 0;
            _sentAt = _time.GetTimestamp();
            _isSending = _isSent = true;
            await link.SendAsync(_output.AsMemory(0, length), stop).ConfigureAwait(false);
            _isSending = false;
            _counters.BytesSent += length;
            _pause.Traffic();

            while (true)
            {
                Verdict verdict = _framer.Scan(call, _inbox);
                if (verdict.Kind != VerdictKind.Wait)
                {
                    if (_heardAt != 0) Timing.Answered(_time.GetElapsedTime(_sentAt, _heardAt) - onTheWire);
                    Conclude(call, verdict);
                    return true;
                }

                if (_heardAt != 0) stop = Prolong(call, stop, ct);
                if (!Received(await link.ReceiveAsync(_inbox.Free, stop).ConfigureAwait(false))) return false;
            }
        }
        catch (OperationCanceledException)
        {
            bool isOver = _deadline.IsOver && !ct.IsCancellationRequested && !_isStopping;
            if (isOver && _isSending) return false; // a port that was pulled out, or a peer that takes no more
            ModbusException? failure = isOver ? TimedOut(call) : null;
            if (_isSent) GiveUp(call);
            if (failure is not null) throw failure;
            ObjectDisposedException.ThrowIf(_isStopping, this);
            throw new OperationCanceledException(ct);
        }
        catch (Exception e) when (LinkFailure.IsLoss(e) && !_isStopping)
        {
            _loss = e;
            return false;
        }
    }
}
