namespace Flip.Edge.Cloud;

/// <summary>Where the client token comes from. It is asked before every try, so that a new token is used without a restart.</summary>
public interface IClientTokenSource
{
    /// <summary>Gets the token.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The token or the reason why there is none; only cancellation throws.</returns>
    public ValueTask<ClientTokenResult> GetAsync(CancellationToken cancellationToken);
}
