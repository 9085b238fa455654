using Flip.Edge.Cloud;
using Microsoft.Win32.SafeHandles;

namespace Flip.Edge.Configuration;

/// <summary>
/// Looks into the files that the unit's <c>LoadCredential=</c> takes, for <c>config check</c>: before the start, for the service has only copies of
/// them. All it finds is a warning, as a drop-in may load others, and the daemon starts without them (ADR 26). What this user may not see is not told.
/// </summary>
internal static class LoadedFiles
{
    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <param name="files">What the configuration needs of systemd.</param>
    /// <param name="credentialsDirectory">The value of <c>$CREDENTIALS_DIRECTORY</c>; null where systemd gave none. What is there is not looked for elsewhere.</param>
    /// <param name="loadedFrom"><see cref="SystemdCredential.LoadedFrom"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<IReadOnlyList<string>> WarningsAsync(
        IEnumerable<LoadedFile> files, string? credentialsDirectory, string loadedFrom, CancellationToken cancellationToken)
    {
        List<string> warnings = [];
        foreach (LoadedFile file in files)
        {
            if (SystemdCredential.Find(credentialsDirectory, file.Name) is not null) continue;
            string path = Path.Combine(loadedFrom, file.Name);
            try
            {
                IReadOnlyList<string> found = Directory.Exists(loadedFrom) ? [.. Directory.EnumerateFileSystemEntries(loadedFrom, file.Name + "*")] : [];
                // Encrypted, and loaded by a drop-in: only systemd can open it.
                if (found.Contains(path + ".cred")) continue;
                if (!found.Contains(path))
                {
                    if (file.IsNeeded) warnings.Add(Missing(file, path, "is not there"));
                }
                else
                {
                    await LookIntoAsync(file, path, warnings, cancellationToken);
                }
            }
            catch (UnauthorizedAccessException)
            {
                // Neither root nor of the service's group: what is there is not for this user to see.
            }
        }

        return warnings;
    }

    private static async Task LookIntoAsync(LoadedFile file, string path, List<string> warnings, CancellationToken cancellationToken)
    {
        (UnixFileMode mode, bool isEmpty) = Look(path);
        if ((mode & Others) != 0) warnings.Add($"the {file.Form.Name} {path} is open to every user: found mode {CredentialFile.Octal(mode)}, expected 0600; run chmod 600 {path}");
        if (isEmpty)
        {
            warnings.Add(Missing(file, path, "is empty"));
            return;
        }

        // systemd copies whatever the mode is.
        if (await file.WhyUnusable(file.Form with { Path = path, IsSecret = false }, cancellationToken) is { } wrong)
            warnings.Add($"{wrong} It is what the unit loads while {file.Form.Key} is not set: correct it, and systemctl restart flip-edge; {file.Unusable}");
    }

    // Asked of the open file: a link has a mode of its own, and who may list a directory may not read all that is in it.
    private static (UnixFileMode Mode, bool IsEmpty) Look(string path)
    {
        try
        {
            using SafeFileHandle file = RegularFile.Open(path);
            bool isDirectory = (File.GetAttributes(file) & FileAttributes.Directory) != 0;
            return isDirectory ? default : (File.GetUnixFileMode(file), RandomAccess.GetLength(file) <= "\n".Length);
        }
        catch (Exception odd) when (odd is IOException or NotSupportedException)
        {
            // A pipe, a link to nothing, a broken disk: whoever reads it next says so.
            return default;
        }
    }

    private static string Missing(LoadedFile file, string path, string how) =>
        $"there is no {file.What}: {file.Form.Key} is not set, and the systemd credential {file.Name}, which the unit loads from {path}, {how}. "
        + $"Write it to that file (mode 0600, owner root), or set {file.Form.Key}; {file.Without}";
}
