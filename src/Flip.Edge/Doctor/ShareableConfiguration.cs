using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Flip.Edge.Status;

namespace Flip.Edge.Doctor;

/// <summary>
/// The configuration as it may leave the gateway. What is not known to be harmless is withheld: a key that is new, misspelt or holds a text that nobody
/// foresaw.
/// </summary>
internal static class ShareableConfiguration
{
    public const string Withheld = "(withheld)";

    private const string Site = "Site:", SiteId = "Site:Id", User = "user", ProgramName = "flip-edge";

    // Texts. Numbers, durations, true and false of other keys are shown too, unless the key's name says that they are secret.
    private static readonly string[] Shareable =
    [
        "Gateway:Id", "Gateway:DataDirectory", "Gateway:Clock", "Gateway:ProfilesDirectory",
        "Flip:BaseUrl", "Flip:Credential", "Flip:TokenFile", "Flip:OAuth:TokenEndpoint", "Flip:OAuth:ClientSecretFile", "Flip:Relay:CertificateFile",
        "Flip:Relay:KeyFile", "Flip:Relay:CaFile", "Flip:InputPowerIs",
        SiteId,
        "Devices:#:Id", "Devices:#:Endpoint", "Devices:#:Profile", "Devices:#:InstallDate", "Devices:#:Overrides:Manufacturer", "Devices:#:Overrides:Model",
        "Devices:#:Overrides:SerialNumber",
        "Commissioning:Trigger", "Local:Socket", "Local:Http", "Logging:Level", "Otlp:Endpoint", "Otlp:HeadersFile",
        "Mqtt:Host", "Mqtt:TopicPrefix", "Mqtt:Protocol", "Mqtt:ClientId", "Mqtt:PasswordFile", "Mqtt:CaFile", "Mqtt:CertificateFile", "Mqtt:KeyFile",
        "Mqtt:HomeAssistant:DiscoveryPrefix", "Mqtt:HomeAssistant:StatusTopic",
        "Button:Input:Device", "Button:Input:Key", "Button:Gpio:Chip", "Button:Gpio:Line", "Button:Gpio:Bias", "Led:Name",
    ];

    private static readonly string[] SecretNames = ["token", "secret", "password", "passphrase", "passwd", "pin", "code", "key", "header", User, "credential"];

    // What the bundle shows anyway, or everybody knows, is nothing to hide where a broker's user is named after it.
    private static readonly string[] PublicNames = ["Gateway:Id", SiteId, "Devices:#:Id", "Mqtt:TopicPrefix", "Mqtt:ClientId"];

    /// <summary>One flat object: each key with its value, or with <see cref="Withheld"/>.</summary>
    /// <param name="configuration">All sources together.</param>
    /// <param name="faulty">Keys and sections that are wrong or unknown: nobody knows what they hold.</param>
    /// <param name="mask">Takes up what is withheld.</param>
    public static byte[] Write(IConfiguration configuration, IReadOnlyCollection<string> faulty, SecretMask mask)
    {
        ArrayBufferWriter<byte> bytes = new();
        HashSet<string> publicNames =
        [
            ProgramName,
            .. configuration.AsEnumerable()
                .Where(pair => PublicNames.Contains(Pattern(pair.Key), StringComparer.OrdinalIgnoreCase) && !IsWithin(pair.Key, faulty))
                .Select(pair => pair.Value?.Trim() ?? ""),
        ];
        using (Utf8JsonWriter json = new(bytes, NameplateJson.Options with { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            foreach ((string key, string? value) in configuration.AsEnumerable().Where(pair => pair.Value is not null).OrderBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase))
            {
                bool isShown = value!.Length == 0 || (!IsWithin(key, faulty) && IsShareable(key, value));
                if (!isShown && !(IsUserName(key) && publicNames.Contains(value.Trim()))) TakeUp(key, value, mask);
                json.WriteString(key, isShown ? value : Withheld);
            }

            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    private static void TakeUp(string key, string value, SecretMask mask)
    {
        if (key.StartsWith(Site, StringComparison.OrdinalIgnoreCase) || IsUserName(key)) mask.AddWord(IsWorthMasking(key, value) ? value : null);
        else if (IsWorthMasking(key, value)) mask.Add(value);
        // As a configuration error quotes it, here or in the daemon's log.
        mask.Add($"is \"{value.Trim()}\"");
    }

    private static bool IsWithin(string key, IEnumerable<string> sections) => sections.Any(section =>
        section.Length > 0 && key.StartsWith(section, StringComparison.OrdinalIgnoreCase) && (key.Length == section.Length || key[section.Length] == ':'));

    private static bool IsShareable(string key, string value)
    {
        string pattern = Pattern(key);
        if (Shareable.Contains(pattern, StringComparer.OrdinalIgnoreCase)) return IsWhatTheKeySays(pattern, value);
        if (key.StartsWith(Site, StringComparison.OrdinalIgnoreCase) || IsSecretName(key)) return false;
        return bool.TryParse(value, out _) || TimeSpan.TryParseExact(value, "c", CultureInfo.InvariantCulture, out _)
            || decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);
    }

    private static string Pattern(string key) => string.Join(':', key.Split(':').Select(part => part.All(char.IsAsciiDigit) ? "#" : part));

    // A token that was pasted where its file belongs, and a password in an address, are none of what their key says.
    private static bool IsWhatTheKeySays(string pattern, string value) =>
        pattern.EndsWith("File", StringComparison.OrdinalIgnoreCase) ? Path.IsPathRooted(value) : !value.Contains('@', StringComparison.Ordinal);

    private static bool IsSecretName(string key) => SecretNames.Any(secret => IsIn(key, secret));

    // "UserToken" is a token.
    private static bool IsUserName(string key) => IsIn(key, User) && !SecretNames.Any(secret => secret != User && IsIn(key, secret));

    private static bool IsIn(string key, string word) => key.AsSpan(key.LastIndexOf(':') + 1).Contains(word, StringComparison.OrdinalIgnoreCase);

    // "true" of an unknown key must not be masked in every file.
    private static bool IsWorthMasking(string key, string value) =>
        key.StartsWith(Site, StringComparison.OrdinalIgnoreCase) ? !key.EndsWith(":StateCode", StringComparison.OrdinalIgnoreCase)
        : IsSecretName(key) || value.Length >= 16 || value.Contains('@', StringComparison.Ordinal);
}
