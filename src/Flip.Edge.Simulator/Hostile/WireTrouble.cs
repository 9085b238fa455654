namespace Flip.Edge.Simulator.Hostile;

/// <summary>One behaviour at work on the wire of one device. What a kind of trouble does not override goes its right way.</summary>
public abstract class WireTrouble
{
    /// <summary>Whether anything listens on the TCP port.</summary>
    public virtual bool Listens => true;

    /// <summary>Whether the TCP port speaks RTU frames, as a serial device server does.</summary>
    public virtual bool SpeaksRtu => false;

    /// <summary>Whether a client that connects while others are connected may stay; if not, it is reset at once.</summary>
    public virtual bool Admits(IReadOnlyCollection<HostileStream> others) => true;

    /// <summary>A client has connected over TCP and was admitted.</summary>
    public virtual Task OpenedAsync(HostileStream line, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Bytes came from the client. False swallows them.</summary>
    public virtual ValueTask<bool> HearsAsync(HostileStream line, ReadOnlyMemory<byte> bytes, CancellationToken ct) => new(true);

    /// <summary>A whole reply is to be sent by <paramref name="send"/>, which may be called any number of times.</summary>
    public virtual ValueTask ReplyAsync(HostileStream line, byte[] frame, Func<byte[], ValueTask> send, CancellationToken ct) => send(frame);
}
