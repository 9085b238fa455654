using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Flip.Edge.Cloud;

/// <summary>The text of a file, or the sentence that says why there is none.</summary>
/// <param name="Text">The text.</param>
/// <param name="Error">The sentence.</param>
/// <param name="IsMissing">Whether the file is not there at all.</param>
internal readonly record struct CredentialText(string? Text, string? Error, bool IsMissing = false);

/// <summary>A small file with a credential, read anew each time.</summary>
/// <param name="Path">The file.</param>
/// <param name="Name">What it is: <c>token file</c>.</param>
/// <param name="Key">The key of the configuration that names it.</param>
/// <param name="MaxBytes">A longer file is read to here, and no further.</param>
/// <param name="IsSecret">Whether a file that everybody can read or write is refused.</param>
internal sealed record CredentialFile(string Path, string Name, string Key, int MaxBytes, bool IsSecret = true)
{
    /// <summary>The file that systemd copied to <see cref="Path"/> when it started the service; null where it is no copy.</summary>
    public string? CopyOf { get; init; }

    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    public async ValueTask<CredentialText> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            using SafeFileHandle file = RegularFile.Open(Path);

            // Asked of the open file and not of the path, which may by now be another file. The kind first: nobody is to chmod 600 a directory.
            if ((File.GetAttributes(file) & FileAttributes.Directory) != 0) return Error($"is a directory, and no file: correct {Key}.");
            if (IsSecret && !OperatingSystem.IsWindows() && File.GetUnixFileMode(file) is var mode && (mode & Others) != 0)
                return new(null, $"The {Name} {Path} is open to every user: found mode {Octal(mode)}, expected 0600; run chmod 600 {Path}.");

            byte[] bytes = new byte[MaxBytes];
            int length = 0, read;
            while (length < MaxBytes && (read = await RandomAccess.ReadAsync(file, bytes.AsMemory(length), length, cancellationToken).ConfigureAwait(false)) > 0)
                length += read;
            return new(Encoding.UTF8.GetString(bytes, 0, length), null);
        }
        catch (FileNotFoundException)
        {
            return Error($"does not exist: create it{(IsSecret ? " with mode 0600" : "")}, or correct {Key}.") with { IsMissing = true };
        }
        catch (NotSupportedException)
        {
            return Error($"is no regular file: found a pipe, a socket or a terminal; correct {Key}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Error($"cannot be read ({e.Message.TrimEnd('.')}): check its owner and mode.");
        }
    }

    /// <summary>A sentence about this file. Of a copy it names the file that a person can mend, and says that it needs a restart.</summary>
    public CredentialText Error(string predicate) =>
        new(null, CopyOf is null ? $"The {Name} {Path} {predicate}" : $"The {Name} {CopyOf} {predicate} Then {SystemdCredential.Restart}.");

    internal static string Octal(UnixFileMode mode) => "0" + Convert.ToString((int)mode & 0b111_111_111, 8).PadLeft(3, '0');
}
