namespace Flip.Edge.Cloud;

/// <summary>
/// A token or a secret in a file: the configured one, else the systemd credential (systemd.exec(5), LoadCredential=). It stands alone,
/// on one line.
/// </summary>
internal sealed class SecretFile
{
    // Room for the white space around the longest secret; a longer file is none.
    private const int MaxBytes = BearerToken.MaxLength + 64;

    private readonly Func<CredentialFile?> _find;
    private readonly string _what;
    private readonly string _missing;

    public SecretFile(string what, string key, string credentialName, string? path, string? credentialsDirectory)
    {
        _what = what;
        _missing = $"No client {what} is configured: {key} is not set, and {SystemdCredential.Absence(credentialsDirectory, credentialName)}; {SystemdCredential.Advice(credentialsDirectory, credentialName, key)}";
        // Looked for each time: a newer systemd hands credentials over at a reload too (systemd.exec(5), RefreshOnReload=).
        _find = () => (string.IsNullOrWhiteSpace(path) ? SystemdCredential.Find(credentialsDirectory, credentialName) : path) is { } chosen
            ? new(chosen, $"{what} file", key, MaxBytes)
            : null;
    }

    public async ValueTask<CredentialText> ReadAsync(CancellationToken cancellationToken)
    {
        if (_find() is not { } file) return new(null, _missing);
        CredentialText read = await file.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (read.Text is null) return read;
        string secret = BearerToken.Trim(read.Text);
        return BearerToken.Wrong(secret) is { } wrong ? file.Error($"{wrong}: it must hold the client {_what} alone, on one line.") : new(secret, null);
    }
}
