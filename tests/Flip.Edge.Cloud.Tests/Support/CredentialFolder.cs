namespace Flip.Edge.Cloud.Tests;

/// <summary>A folder for files of credentials, removed at the end.</summary>
internal sealed class CredentialFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("flip-credential").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        File.WriteAllText(this[name], text);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(this[name], mode);
        return this[name];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
