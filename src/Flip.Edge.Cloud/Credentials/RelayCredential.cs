namespace Flip.Edge.Cloud;

/// <summary>Nothing of Flip's on the gateway: the OEM's relay knows it by its client certificate, and adds the token itself.</summary>
/// <param name="copyOf">The file of the certificate's key, where a copy of systemd's is read; else null.</param>
public sealed class RelayCredential(string? copyOf = null) : IFlipCredential
{
    /// <inheritdoc/>
    public string? CopyOf { get; } = copyOf;

    /// <inheritdoc/>
    public string Name => "client certificate";

    /// <inheritdoc/>
    public ValueTask<CredentialResult> GetAsync(CancellationToken cancellationToken) => ValueTask.FromResult<CredentialResult>(new CredentialResult.NoneNeeded());

    /// <inheritdoc/>
    public ValueTask<CredentialResult?> RenewAsync(BearerToken refused, CancellationToken cancellationToken) => ValueTask.FromResult<CredentialResult?>(null);
}
