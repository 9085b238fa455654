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
        _find = () => SystemdCredential.Choose(path, credentialsDirectory, credentialName, Form(what, key));
        CopyOf = SystemdCredential.Original(path, credentialsDirectory, credentialName);
    }

    /// <summary>The file of which a copy is read, see <see cref="CredentialFile.CopyOf"/>.</summary>
    public string? CopyOf { get; }

    public async ValueTask<CredentialText> ReadAsync(CancellationToken cancellationToken) =>
        _find() is { } file ? await ReadAsync(file, _what, cancellationToken).ConfigureAwait(false) : new(null, _missing);

    /// <summary>All of such a file but its path.</summary>
    public static CredentialFile Form(string what, string key) => new("", $"{what} file", key, MaxBytes);

    /// <summary>Reads and checks one file.</summary>
    public static async ValueTask<CredentialText> ReadAsync(CredentialFile file, string what, CancellationToken cancellationToken)
    {
        CredentialText read = await file.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (read.Text is null) return read;
        string secret = BearerToken.Trim(read.Text);
        return BearerToken.Wrong(secret) is { } wrong ? file.Error($"{wrong}: it must hold the client {what} alone, on one line.") : new(secret, null);
    }
}
