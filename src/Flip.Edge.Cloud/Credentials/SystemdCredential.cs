namespace Flip.Edge.Cloud;

/// <summary>A credential that systemd handed over at the start (systemd.exec(5), LoadCredential=).</summary>
internal static class SystemdCredential
{
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
        : $"write it to /etc/flip-edge/{name} (mode 0600, root) and systemctl restart flip-edge, or set {key}.";
}
