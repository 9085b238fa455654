namespace Flip.Edge.Cloud;

/// <summary>What came of a request that was sent as the client, and the token in it, which no text may hold.</summary>
internal sealed record ClientExchange(FlipExchange Exchange, BearerToken? Token);

/// <summary>Sends requests as the client, with the credential as it is at that moment.</summary>
internal sealed class ClientCalls(FlipTransport transport, IFlipCredential credential)
{
    private volatile bool _isRefused;

    /// <summary>Whether the credential was refused, or could not be used, when Flip was last asked for anything and told.</summary>
    public bool IsRefused => _isRefused;

    /// <summary>Sends once, and a second time with another token when the first was refused and there is another.</summary>
    public async Task<ClientExchange> SendAsync(FlipRequest request, CancellationToken cancellationToken)
    {
        ClientExchange first = await SendAsync(request, await credential.GetAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        if (first is not { Exchange: FlipExchange.Answered { Status: 401 }, Token: { } refused }) return first;

        // A request that is refused for its token has done nothing, so that even the commission is safely sent again.
        CredentialResult? other = await credential.RenewAsync(refused, cancellationToken).ConfigureAwait(false);
        return other is null ? first : await SendAsync(request, other, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The outcome, with the name of the credential where that was the matter.</summary>
    public CommissionOutcome Named(CommissionOutcome outcome)
    {
        if (outcome is not CommissionOutcome.Unauthorized refused) return outcome;
        _isRefused = true;
        return refused with { Credential = credential.Name, CopyOf = credential.CopyOf };
    }

    private async Task<ClientExchange> SendAsync(FlipRequest request, CredentialResult found, CancellationToken cancellationToken)
    {
        if (found is CredentialResult.Unusable none) return new(new FlipExchange.NotSent(none.Why), null);
        BearerToken? token = (found as CredentialResult.Bearer)?.Token;
        FlipExchange exchange = await transport.SendAsync(request, token, cancellationToken).ConfigureAwait(false);
        if (exchange is FlipExchange.Answered { IsSuccess: true }) _isRefused = false;
        return new(exchange, token);
    }
}
