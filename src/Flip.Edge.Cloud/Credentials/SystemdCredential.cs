namespace Flip.Edge.Cloud;

/// <summary>A credential that systemd handed over at the start (systemd.exec(5), LoadCredential=).</summary>
/// <remarks>
/// The service sees a copy of the file that the unit names, and it stays as it was at the start: whoever is to mend it needs the file itself,
/// and a restart.
/// </remarks>
internal static class SystemdCredential
{
    /// <summary>Where the unit's <c>LoadCredential=</c> takes them from.</summary>
    public const string LoadedFrom = "/etc/flip-edge";

    /// <summary>What a change of the file needs. The end of a sentence.</summary>
    public const string Restart = "systemctl restart flip-edge: the service has the copy that systemd made at its start";

    /// <summary>The file whose copy is used.</summary>
    /// <param name="configured">The file that the configuration names, which is no copy; null for none.</param>
    /// <param name="directory">The value of <c>$CREDENTIALS_DIRECTORY</c>, or null where systemd gave none.</param>
    /// <param name="name">The credential's name.</param>
    /// <returns>Its path, as the unit has it; null where no copy is used.</returns>
    public static string? Original(string? configured, string? directory, string name) =>
        string.IsNullOrWhiteSpace(configured) && !string.IsNullOrEmpty(directory) ? $"{LoadedFrom}/{name}" : null;

    /// <summary>The file that is read: the configured one, else systemd's copy.</summary>
    /// <param name="configured">As above.</param>
    /// <param name="directory">As above.</param>
    /// <param name="name">As above.</param>
    /// <param name="form">All of the file but its path.</param>
    /// <returns>The file; null where none is configured and systemd handed none over.</returns>
    public static CredentialFile? Choose(string? configured, string? directory, string name, CredentialFile form) =>
        !string.IsNullOrWhiteSpace(configured) ? form with { Path = configured }
        : Find(directory, name) is { } copy ? form with { Path = copy, CopyOf = Original(null, directory, name) }
        : null;

    /// <summary>Looks whether it was handed over.</summary>
    /// <param name="directory">The value of <c>$CREDENTIALS_DIRECTORY</c>, or null where systemd gave none.</param>
    /// <param name="name">The credential's name.</param>
    /// <returns>
    /// Its path, or null where it was not given. The unit has an empty line stand in for a file that is missing (SetCredential=), because
    /// systemd would not start the service without the file: that is not given, either.
    /// </returns>
    public static string? Find(string? directory, string name)
    {
        if (string.IsNullOrEmpty(directory)) return null;
        FileInfo file = new(Path.Combine(directory, name));
        return file.Exists && file.Length > "\n".Length ? file.FullName : null;
    }

    /// <summary>Where one that is missing was looked for.</summary>
    /// <param name="directory">As above.</param>
    /// <param name="name">As above.</param>
    /// <returns>A part of a sentence.</returns>
    public static string Absence(string? directory, string name) => string.IsNullOrEmpty(directory)
        ? $"there are no systemd credentials ($CREDENTIALS_DIRECTORY) with a {name} among them"
        : $"systemd had no {name} when it started the service";

    /// <summary>What to do about one that is missing.</summary>
    /// <param name="directory">As above.</param>
    /// <param name="name">As above.</param>
    /// <param name="key">The configuration's key of the file that may be named instead.</param>
    /// <returns>The end of a sentence.</returns>
    public static string Advice(string? directory, string name, string key) => string.IsNullOrEmpty(directory)
        ? $"set {key}, or load the systemd credential {name}."
        : $"write it to {LoadedFrom}/{name} (mode 0600, root), or set {key}, and systemctl restart flip-edge.";
}
