namespace Flip.Edge.Simulator.Hostile;

/// <summary>Each reply comes late, and the next request is heard only then.</summary>
internal sealed class LateReplies(TimeSpan by, TimeProvider time) : WireTrouble
{
    public override async ValueTask ReplyAsync(HostileStream line, byte[] frame, Func<byte[], ValueTask> send, CancellationToken ct)
    {
        await Task.Delay(by, time, ct).ConfigureAwait(false);
        await send(frame).ConfigureAwait(false);
    }
}

/// <summary>Replies come byte by byte.</summary>
internal sealed class SlowBytes(TimeSpan each, TimeProvider time) : WireTrouble
{
    public override async ValueTask ReplyAsync(HostileStream line, byte[] frame, Func<byte[], ValueTask> send, CancellationToken ct)
    {
        foreach (var b in frame)
        {
            await send([b]).ConfigureAwait(false);
            await Task.Delay(each, time, ct).ConfigureAwait(false);
        }
    }
}
