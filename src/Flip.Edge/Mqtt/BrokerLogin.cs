using Flip.Edge.Cloud;
using Flip.Edge.Configuration;

namespace Flip.Edge.Mqtt;

/// <summary>User name and password, read anew for each connect: a password in a file that is named may be changed while the daemon runs.</summary>
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

    /// <summary>All of the password's file but its path.</summary>
    public static CredentialFile Form { get; } = new("", "password file", Key, MaxBytes);

    /// <summary>What to do where the broker refuses it.</summary>
    public string Remedy { get; private init; } = "set Mqtt:Username and Mqtt:PasswordFile, and systemctl restart flip-edge";

    /// <summary>The file that systemd copied at the start, where another password is to stand there; null where no copy is read.</summary>
    public string? CopyOf { get; private init; }

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
        string? copyOf = SystemdCredential.Original(settings.PasswordFile, credentialsDirectory, CredentialName);
        // A user name without a password is a login, too: the credential need not be there.
        if (SystemdCredential.Choose(settings.PasswordFile, credentialsDirectory, CredentialName, Form) is not { } file)
            return (new(name, null, "no password") { CopyOf = copyOf, Remedy = SystemdCredential.Advice(credentialsDirectory, CredentialName, Key).TrimEnd('.') }, null);
        CredentialText read = await PasswordAsync(file, cancellationToken);
        if (read.Text is not { } password) return (null, new(Key, read.Error!) { CopyOf = copyOf });
        return (new(name, password, $"the password in {copyOf ?? file.Path}")
        {
            CopyOf = copyOf,
            Remedy = copyOf is null
                ? "correct the password there, which is read anew for each try; or correct Mqtt:Username, and systemctl restart flip-edge"
                : $"correct the password there, or Mqtt:Username, and {SystemdCredential.Restart}",
        }, null);
    }

    /// <summary>Reads and checks one file.</summary>
    public static async ValueTask<CredentialText> PasswordAsync(CredentialFile file, CancellationToken cancellationToken)
    {
        CredentialText read = await file.ReadAsync(cancellationToken);
        if (read.Text is not { } text) return read;
        // The line end is the editor's; anything else may be part of a password.
        string password = text.EndsWith('\n') ? text[..^1].TrimEnd('\r') : text;
        return password.Length is > 0 and < MaxBytes && !password.Any(char.IsControl)
            ? new(password, null)
            : file.Error("does not hold a password: it must hold the password alone, on one line of at most 4000 bytes.");
    }

    /// <summary>Neither the user name nor the password: it is shown in the status, and whoever is on this machine can ask for that.</summary>
    public override string ToString() => Username is null ? "no login" : $"the user of Mqtt:Username with {Origin}";
}
