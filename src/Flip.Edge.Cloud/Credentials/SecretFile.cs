namespace Flip.Edge.Cloud;

/// <summary>
/// A token or a secret in a file: the configured one, else the systemd credential (systemd.exec(5), LoadCredential=). It stands alone,
/// on one line.
/// </summary>
internal sealed class SecretFile
{
    // Room for the white space around the longest secret; a longer file is none.
    private const int MaxBytes = BearerToken.MaxLength + 64;

    private readonly CredentialFile? _file;
    private readonly string _what;
    private readonly string _missing;

    public SecretFile(string what, string key, string credentialName, string? path, string? credentialsDirectory)
    {
        _what = what;
        _missing = $"No client {what} is configured: {SystemdCredential.Advice(credentialsDirectory, credentialName, key)}";
        string? chosen = string.IsNullOrWhiteSpace(path) ? SystemdCredential.Find(credentialsDirectory, credentialName) : path;
        if (chosen is not null) _file = new(chosen, $"{what} file", key, MaxBytes);
    }

    public async ValueTask<CredentialText> ReadAsync(CancellationToken cancellationToken)
    {
        if (_file is null) return new(null, _missing);
        CredentialText read = await _file.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (read.Text is null) return read;
        string secret = BearerToken.Trim(read.Text);
        return BearerToken.Wrong(secret) is { } wrong ? _file.Error($"{wrong}: it must hold the client {_what} alone, on one line.") : new(secret, null);
    }
}
