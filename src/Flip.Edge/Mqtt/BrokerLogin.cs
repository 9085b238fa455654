using Flip.Edge.Cloud;
using Flip.Edge.Configuration;

namespace Flip.Edge.Mqtt;

/// <summary>User name and password, read anew for each connect: passwords are changed while the daemon runs.</summary>
/// <param name="Username">The user name, or null for none.</param>
/// <param name="Password">The password, or null for none. It is never logged.</param>
/// <param name="Origin">Where the password is from, for people.</param>
internal sealed record BrokerLogin(string? Username, string? Password, string Origin)
{
    /// <summary>The systemd credential of the password.</summary>
    public const string CredentialName = "flip-mqtt-password";

    /// <summary>No login: whoever wants to know is not known by one.</summary>
    public static readonly BrokerLogin None = new(null, null, "no password");

    private const string Key = "Mqtt:PasswordFile";
    private const int MaxBytes = 4096;

    // Whose words these are knows the login, and may be unkind or broken.
    private readonly Redactor _words = new(Username, Password);

    /// <summary>What a broker, a certificate or the library said, fit for log and status: in one line, bounded, and without the login.</summary>
    public string Quoted(string? words) => string.IsNullOrEmpty(words) ? "" : _words.Text(words);

    /// <summary>Looks for the password and reads it.</summary>
    /// <returns>The login, or what is wrong with the file.</returns>
    public static async ValueTask<(BrokerLogin? Login, CredentialFault? Fault)> ReadAsync(
        MqttSettings settings, string? credentialsDirectory, CancellationToken cancellationToken)
    {
        if (settings.Username is not { } name) return (None, null);
        if (File(settings.PasswordFile, credentialsDirectory) is not { } file) return (new(name, null, $"no password: set {Key}, or load the systemd credential {CredentialName}"), null);
        CredentialText read = await file.ReadAsync(cancellationToken);
        if (read.Text is { } text)
        {
            // The line end is the editor's; anything else may be part of a password.
            string password = text.EndsWith('\n') ? text[..^1].TrimEnd('\r') : text;
            if (password.Length is > 0 and < MaxBytes && !password.Any(char.IsControl)) return (new(name, password, $"the password in {file.Path}"), null);
            read = file.Error("does not hold a password: it must hold the password alone, on one line of at most 4000 bytes.");
        }

        return (null, new(Key, read.Error!));
    }

    /// <summary>Neither the user name nor the password: it is shown in the status, and whoever is on this machine can ask for that.</summary>
    public override string ToString() => Username is null ? "no login" : $"the user of Mqtt:Username with {Origin}";

    private static CredentialFile? File(string? configured, string? credentialsDirectory)
    {
        if (configured is not null) return new(configured, "password file", Key, MaxBytes);
        // A user name without a password is a login, too: the credential need not be there.
        return SystemdCredential.Find(credentialsDirectory, CredentialName) is { } path ? new(path, "password file", Key, MaxBytes) : null;
    }
}
