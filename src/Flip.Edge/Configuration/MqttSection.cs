using System.Net;

namespace Flip.Edge.Configuration;

internal static class MqttSection
{
    private const int PlainPort = 1883, TlsPort = 8883;

    // A broker may be as strict as 23 letters and digits; what all that are in use take is far more (MQTT 3.1.1, 3.1.3.1).
    private const int LongestClientId = 128;

    public static MqttSettings Read(SectionReader section)
    {
        MqttTlsSettings? tls = MqttTlsSection.Read(section);
        MqttSettings settings = new(
            section.Flag("Enabled", otherwise: true),
            Host(section),
            section.Number("Port", tls is null ? PlainPort : TlsPort, 1, 65535),
            Topic(section, "TopicPrefix", "flip-edge"))
        {
            Username = Username(section),
            PasswordFile = SecretPath(section, "PasswordFile", "the password"),
            ClientId = ClientId(section),
            Protocol = Protocol(section),
            Tls = tls,
            HomeAssistant = HomeAssistant(section.Section("HomeAssistant", isSwitched: true)),
        };
        section.Forbidden("Password", "does not belong into the configuration: put the password into a file of mode 0600 and name it in Mqtt:PasswordFile, or use the systemd credential flip-mqtt-password");
        if (settings.PasswordFile is not null && settings.Username is null && !section.HasFailed("Username"))
        {
            section.Fail("Username", "is missing: Mqtt:PasswordFile is set, and a broker takes a password only with a user name");
        }

        section.Close();
        return settings;
    }

    /// <summary>The path of a secret. A wrong one is not quoted: it may be the secret itself, pasted into the wrong place.</summary>
    internal static string? SecretPath(SectionReader section, string name, string secret)
    {
        string? path = section.Text(name);
        if (path is null || Path.IsPathRooted(path)) return path;
        section.Fail(name, $"is no absolute path (it is not shown here, in case it is {secret} itself): name the file that holds {secret}");
        return null;
    }

    private static string Host(SectionReader section)
    {
        string host = section.Text("Host") ?? "localhost";
        bool isAddress = IPAddress.TryParse(host, out _);
        if (host.AsSpan().ContainsAny("/@ ") || (host.Contains(':', StringComparison.Ordinal) && !isAddress))
        {
            section.Fail("Host", $"is \"{host}\", and has to be a host name or an address alone: the port is Mqtt:Port, TLS is Mqtt:Tls, the user name Mqtt:Username");
        }

        return host.StartsWith('[') && host.EndsWith(']') ? host[1..^1] : host;
    }

    private static string Topic(SectionReader section, string name, string otherwise)
    {
        string topic = section.Text(name) ?? otherwise;
        if (topic.IndexOfAny(['+', '#', '\0']) >= 0 || topic.StartsWith('/') || topic.EndsWith('/'))
        {
            section.Fail(name, $"is \"{topic}\", and must not hold + or #, nor begin or end with /");
        }

        return topic;
    }

    private static string? Username(SectionReader section)
    {
        string? name = section.Text("Username");
        if (name is not null && name.Any(char.IsControl)) section.Fail("Username", "holds a control character");
        return name;
    }

    private static string? ClientId(SectionReader section)
    {
        string? id = section.Text("ClientId");
        if (id is not null && (id.Length > LongestClientId || id.Any(c => c is < ' ' or > '~' or '+' or '#' or '/')))
        {
            section.Fail("ClientId", $"is \"{id}\", and may only hold 1 to {LongestClientId} ASCII characters without \"+\", \"#\" and \"/\"");
        }

        return id;
    }

    private static MqttProtocol Protocol(SectionReader section)
    {
        switch (section.Text("Protocol")?.ToLowerInvariant())
        {
            case null or "auto": return MqttProtocol.Auto;
            case "3.1.1": return MqttProtocol.Version311;
            case "5": return MqttProtocol.Version5;
            case { } other:
                section.Fail("Protocol", $"is \"{other}\", and has to be auto, 5 or 3.1.1");
                return MqttProtocol.Auto;
        }
    }

    private static HomeAssistantSettings HomeAssistant(SectionReader section)
    {
        HomeAssistantSettings settings = new(
            section.Text("Enabled") is null ? null : section.Flag("Enabled", otherwise: false),
            Topic(section, "DiscoveryPrefix", "homeassistant"),
            Topic(section, "StatusTopic", "homeassistant/status"));
        section.Close();
        return settings;
    }
}
