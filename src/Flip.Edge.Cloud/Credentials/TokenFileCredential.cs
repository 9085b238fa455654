namespace Flip.Edge.Cloud;

/// <summary>
/// A client token or API key in a file: the configured one, else the systemd credential <c>flip-client-token</c>. It is read before
/// every try, and again when Flip refuses it. A file that everybody can read or write is refused.
/// </summary>
public sealed class TokenFileCredential : IFlipCredential
{
    /// <summary>The systemd credential's name.</summary>
    public const string CredentialName = "flip-client-token";

    private const string Key = "Flip:TokenFile";

    private readonly SecretFile _file;

    /// <summary>Chooses the file; nothing is read yet.</summary>
    /// <param name="tokenFile">The configured file, or null for the systemd credential.</param>
    /// <param name="credentialsDirectory">The value of <c>$CREDENTIALS_DIRECTORY</c>, or null where systemd gave none.</param>
    public TokenFileCredential(string? tokenFile, string? credentialsDirectory) =>
        _file = new("token", Key, CredentialName, tokenFile, credentialsDirectory);

    /// <inheritdoc/>
    public string Name => "client token";

    /// <inheritdoc/>
    public string? CopyOf => _file.CopyOf;

    /// <summary>Looks at the file.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What is wrong with it, or null.</returns>
    public async ValueTask<CredentialFault?> CheckAsync(CancellationToken cancellationToken) =>
        (await _file.ReadAsync(cancellationToken).ConfigureAwait(false)) is { Error: { } error } read ? new(Key, error) { IsMissing = read.IsMissing } : null;

    /// <inheritdoc/>
    public async ValueTask<CredentialResult> GetAsync(CancellationToken cancellationToken)
    {
        CredentialText read = await _file.ReadAsync(cancellationToken).ConfigureAwait(false);
        return read.Text is { } text && BearerToken.TryParse(text, out BearerToken? token, out _)
            ? new CredentialResult.Bearer(token)
            : CredentialResult.Unusable.Missing(read.Error!);
    }

    /// <inheritdoc/>
    public async ValueTask<CredentialResult?> RenewAsync(BearerToken refused, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(refused);
        CredentialResult now = await GetAsync(cancellationToken).ConfigureAwait(false);
        return now is CredentialResult.Bearer { Token: var token } && token.Value == refused.Value ? null : now;
    }
}
