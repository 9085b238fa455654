namespace Flip.Edge.Simulator.Hostile;

/// <summary>Nothing listens.</summary>
internal sealed class Refusing : WireTrouble
{
    public override bool Listens => false;
}

/// <summary>Every connection is reset as soon as it is there.</summary>
internal sealed class ResettingAfterConnect : WireTrouble
{
    public override bool Admits(IReadOnlyCollection<HostileStream> others) => false;
}

/// <summary>A second client is reset while the first is connected.</summary>
internal sealed class TakingOneClient : WireTrouble
{
    public override bool Admits(IReadOnlyCollection<HostileStream> others) => others.Count == 0;
}

/// <summary>The newest client cuts off those before it.</summary>
internal sealed class EvictingOlderClient : WireTrouble
{
    public override bool Admits(IReadOnlyCollection<HostileStream> others)
    {
        foreach (var other in others) other.Reset();
        return true;
    }
}

/// <summary>The first connection dies without a word after some replies; later ones live.</summary>
internal sealed class HalfOpen(int afterReplies) : WireTrouble
{
    public override ValueTask<bool> HearsAsync(HostileStream line, ReadOnlyMemory<byte> bytes, CancellationToken ct) =>
        new(line.Number > 1 || line.Replies < afterReplies);
}

/// <summary>Each connection is closed after some replies.</summary>
internal sealed class ClosingOften(int afterReplies) : WireTrouble
{
    public override async ValueTask ReplyAsync(HostileStream line, byte[] frame, Func<byte[], ValueTask> send, CancellationToken ct)
    {
        await send(frame).ConfigureAwait(false);
        if (line.Replies >= afterReplies) await line.DisposeAsync().ConfigureAwait(false);
    }
}

/// <summary>What comes within some time after the connection is swallowed.</summary>
internal sealed class SilentAfterConnect(TimeSpan span) : WireTrouble
{
    public override ValueTask<bool> HearsAsync(HostileStream line, ReadOnlyMemory<byte> bytes, CancellationToken ct) => new(line.Age >= span);
}

/// <summary>A connection on which nothing is asked within some time is dropped.</summary>
internal sealed class DroppingIdleAfterConnect(TimeSpan patience, TimeProvider time) : WireTrouble
{
    public override async Task OpenedAsync(HostileStream line, CancellationToken ct)
    {
        await Task.Delay(patience, time, ct).ConfigureAwait(false);
        if (line.Heard == 0) line.Reset();
    }
}

/// <summary>The port speaks RTU where Modbus TCP is expected.</summary>
internal sealed class WrongFraming : WireTrouble
{
    public override bool SpeaksRtu => true;
}
