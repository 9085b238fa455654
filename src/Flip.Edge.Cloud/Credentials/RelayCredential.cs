namespace Flip.Edge.Cloud;

/// <summary>Nothing of Flip's on the gateway: the OEM's relay knows it by its client certificate, and adds the token itself.</summary>
public sealed class RelayCredential : IFlipCredential
{
    /// <inheritdoc/>
    public string Name => "client certificate";

    /// <inheritdoc/>
    public ValueTask<CredentialResult> GetAsync(CancellationToken cancellationToken) => ValueTask.FromResult<CredentialResult>(new CredentialResult.NoneNeeded());

    /// <inheritdoc/>
    public ValueTask<CredentialResult?> RenewAsync(BearerToken refused, CancellationToken cancellationToken) => ValueTask.FromResult<CredentialResult?>(null);
}
