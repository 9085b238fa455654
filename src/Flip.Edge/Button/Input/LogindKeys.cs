namespace Flip.Edge.Button;

/// <summary>
/// The keys that systemd-logind acts on, whoever else reads them: github.com/systemd/systemd, src/login/logind-button.c. By default it powers off,
/// reboots or sends to sleep, on a press or a long one.
/// </summary>
internal static class LogindKeys
{
    /// <summary>Why a key is no good for the button, as the rest of a sentence; null when logind leaves it alone.</summary>
    /// <param name="key">The key's code.</param>
    public static string? Doubt(ushort key) => KeyNames.Of(key) switch
    {
        "KEY_POWER" or "KEY_POWER2" => Sentence("powers the gateway off", "HandlePowerKey"),
        "KEY_RESTART" => Sentence("reboots the gateway", "HandleRebootKey"),
        "KEY_SLEEP" => Sentence("suspends the gateway", "HandleSuspendKey"),
        "KEY_SUSPEND" => Sentence("hibernates the gateway", "HandleHibernateKey"),
        _ => null,
    };

    private static string Sentence(string what, string setting) =>
        $"systemd-logind acts on it too and {what}, unless it is told not to: take another key, such as KEY_PROG1, or set {setting}=ignore in /etc/systemd/logind.conf";
}
