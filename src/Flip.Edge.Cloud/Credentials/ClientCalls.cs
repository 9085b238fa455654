namespace Flip.Edge.Cloud;

/// <summary>What came of a request that was sent as the client, and the token in it, which no text may hold.</summary>
internal sealed record ClientExchange(FlipExchange Exchange, BearerToken? Token);

/// <summary>Sends requests as the client, with the token as it is at that moment.</summary>
internal sealed class ClientCalls(FlipTransport transport, IClientTokenSource tokens)
{
    public async Task<ClientExchange> SendAsync(FlipRequest request, CancellationToken cancellationToken)
    {
        ClientTokenResult found = await tokens.GetAsync(cancellationToken).ConfigureAwait(false);
        return found.IsFound
            ? new(await transport.SendAsync(request, found.Token, cancellationToken).ConfigureAwait(false), found.Token)
            : new(new FlipExchange.NotSent(new CommissionOutcome.Unauthorized(null, found.Error)), null);
    }
}
