namespace Flip.Edge.Cloud;

/// <summary>
/// What makes the gateway a client of Flip's. It is asked before every try and keeps nothing that a person may replace, so that a new
/// token or secret in a file that the configuration names is used without a restart.
/// </summary>
public interface IFlipCredential
{
    /// <summary>What it is, in words: <c>client token</c>.</summary>
    public string Name { get; }

    /// <summary>
    /// The file that systemd copied when it started the service, <c>/etc/flip-edge/flip-client-token</c>, where that copy is read: another token or
    /// secret goes there, and needs a restart. Null where a file is read that the configuration names.
    /// </summary>
    public string? CopyOf { get; }

    /// <summary>Gets what a request carries.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A token, that none is needed, or why there is none; only cancellation throws.</returns>
    public ValueTask<CredentialResult> GetAsync(CancellationToken cancellationToken);

    /// <summary>Gets another token after Flip refused one.</summary>
    /// <param name="refused">What Flip refused with 401.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The other token, or why it could not be had; null when there is none but the refused one. Only cancellation throws.</returns>
    public ValueTask<CredentialResult?> RenewAsync(BearerToken refused, CancellationToken cancellationToken);
}
