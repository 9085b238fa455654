namespace Flip.Edge.Cloud;

/// <summary>One request, without its token.</summary>
internal sealed record FlipRequest(HttpMethod Method, Uri Url)
{
    /// <summary>The bytes to send as they are; null for a request without a body.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    public string MediaType { get; init; } = "application/json";
}
