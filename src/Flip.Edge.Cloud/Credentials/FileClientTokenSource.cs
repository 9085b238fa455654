using System.Text;

namespace Flip.Edge.Cloud;

/// <summary>
/// Reads the token from a file: the configured one, else the systemd credential <c>flip-client-token</c>
/// (systemd.exec(5), LoadCredential=). A file that everybody can read or write is refused.
/// </summary>
public sealed class FileClientTokenSource : IClientTokenSource
{
    /// <summary>The systemd credential's name.</summary>
    public const string CredentialName = "flip-client-token";

    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private readonly string? _path;

    /// <summary>Chooses the file; nothing is read yet.</summary>
    /// <param name="tokenFile">The configured file, or null for the systemd credential.</param>
    /// <param name="credentialsDirectory">The value of <c>$CREDENTIALS_DIRECTORY</c>, or null where systemd gave none.</param>
    public FileClientTokenSource(string? tokenFile, string? credentialsDirectory)
    {
        if (!string.IsNullOrWhiteSpace(tokenFile)) _path = tokenFile;
        else if (!string.IsNullOrEmpty(credentialsDirectory)) _path = Path.Combine(credentialsDirectory, CredentialName);
    }

    /// <summary>Chooses the file, with <c>$CREDENTIALS_DIRECTORY</c> from the environment.</summary>
    /// <param name="tokenFile">The configured file, or null for the systemd credential.</param>
    /// <returns>The source.</returns>
    public static FileClientTokenSource FromEnvironment(string? tokenFile) =>
        new(tokenFile, Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY"));

    /// <inheritdoc/>
    public async ValueTask<ClientTokenResult> GetAsync(CancellationToken cancellationToken)
    {
        if (_path is null)
            return ClientTokenResult.Missing($"No client token is configured: set Flip:TokenFile, or load the systemd credential {CredentialName}.");
        try
        {
            return await ReadAsync(_path, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return ClientTokenResult.Missing($"The token file {_path} does not exist: create it with mode 0600, or correct Flip:TokenFile.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ClientTokenResult.Missing($"The token file {_path} cannot be read ({e.GetType().Name}): check its owner and mode.");
        }
    }

    private static async ValueTask<ClientTokenResult> ReadAsync(string path, CancellationToken cancellationToken)
    {
        // bufferSize 0: no copy of the token stays in a stream's buffer.
        FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        await using (file.ConfigureAwait(false))
        {
            // Asked of the open file and not of the path, which may by now be another file.
            if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(file.SafeFileHandle) is var mode && (mode & Others) != 0)
            {
                return ClientTokenResult.Missing(
                    $"The token file {path} is open to every user: found mode {Octal(mode)}, expected 0600; run chmod 600 {path}.");
            }

            // Room for the white space around the longest token; a longer file is no token.
            byte[] bytes = new byte[BearerToken.MaxLength + 64];
            int length = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return BearerToken.TryParse(Encoding.UTF8.GetString(bytes, 0, length), out BearerToken? token, out string? error)
                ? ClientTokenResult.Found(token)
                : ClientTokenResult.Missing($"The token file {path} {error}: it must hold the client token alone, on one line.");
        }
    }

    private static string Octal(UnixFileMode mode) => "0" + Convert.ToString((int)mode & 0b111_111_111, 8).PadLeft(3, '0');
}
