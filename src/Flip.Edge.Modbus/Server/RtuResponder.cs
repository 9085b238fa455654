namespace Flip.Edge.Modbus;

/// <summary>Answers RTU requests on one duplex stream until it ends.</summary>
internal static class RtuResponder
{
    /// <summary>
    /// After this long without a byte a half frame is rubbish. Far more than 3.5 characters, because USB adapters and pipes
    /// pause in the middle of frames; far less than any client's time-out.
    /// </summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(50);

    public static async Task ServeAsync(IRegisterBank bank, Stream line, TimeProvider time, CancellationToken ct)
    {
        RtuRequestScanner scanner = new();
        byte[] input = new byte[512];
        byte[] request = new byte[256];
        byte[] reply = new byte[256];
        while (true)
        {
            Task<int> reading = line.ReadAsync(input, ct).AsTask();
            if (scanner.IsWaiting && !await EndsWithinAsync(reading, Silence, time, ct).ConfigureAwait(false) && scanner.TryTakeAll(request, out int length))
            {
                await AnswerAsync(bank, line, request.AsMemory(0, length), reply, ct).ConfigureAwait(false);
            }

            int got = await reading.ConfigureAwait(false);
            if (got == 0) return;
            scanner.Append(input.AsSpan(0, got));
            while (scanner.TryTake(request, out length)) await AnswerAsync(bank, line, request.AsMemory(0, length), reply, ct).ConfigureAwait(false);
        }
    }

    private static async Task AnswerAsync(IRegisterBank bank, Stream line, Memory<byte> request, byte[] reply, CancellationToken ct)
    {
        byte unit = request.Span[0];
        bool broadcast = unit == 0;
        if (broadcast && request.Span[1] is not (Pdu.WriteSingle or Pdu.WriteMultiple)) return;
        int pdu = Responder.Answer(bank, unit, request.Span[1..^Crc16.Length], reply.AsSpan(1));
        if (pdu == 0 || broadcast) return;
        reply[0] = unit;
        int length = 1 + pdu + Crc16.Length;
        Crc16.Seal(reply.AsSpan(0, length));
        await line.WriteAsync(reply.AsMemory(0, length), ct).ConfigureAwait(false);
        await line.FlushAsync(ct).ConfigureAwait(false);
    }

    private static async Task<bool> EndsWithinAsync(Task reading, TimeSpan span, TimeProvider time, CancellationToken ct)
    {
        if (reading.IsCompleted) return true;
        using CancellationTokenSource waitOver = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Task first = await Task.WhenAny(reading, Task.Delay(span, time, waitOver.Token)).ConfigureAwait(false);
        await waitOver.CancelAsync().ConfigureAwait(false);
        return first == reading;
    }
}
