using System.Net;
using System.Net.Http.Headers;

namespace Flip.Edge.Cloud;

/// <summary>The frozen bytes, sent as they are; it remembers whether any were handed to a connection.</summary>
internal sealed class FrozenContent : HttpContent
{
    private readonly ReadOnlyMemory<byte> _body;

    public FrozenContent(ReadOnlyMemory<byte> body, string mediaType)
    {
        _body = body;
        Headers.ContentType = new MediaTypeHeaderValue(mediaType);
    }

    public bool IsStarted { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        IsStarted = true;
        await stream.WriteAsync(_body, cancellationToken).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
