using System.Threading.Channels;

namespace Flip.Edge.Button;

/// <summary>
/// Presses on their way from the contact to what they start, which writes to the disk and may wait. Whoever presses more often than that can be
/// done gets it no oftener.
/// </summary>
internal sealed class ButtonPresses
{
    private readonly Channel<Press> _presses = Channel.CreateBounded<Press>(new BoundedChannelOptions(8) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Never waits.</summary>
    public void Add(Press press) => _presses.Writer.TryWrite(press);

    public IAsyncEnumerable<Press> AllAsync(CancellationToken cancellationToken) => _presses.Reader.ReadAllAsync(cancellationToken);
}
