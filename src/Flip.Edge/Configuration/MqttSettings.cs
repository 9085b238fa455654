namespace Flip.Edge.Configuration;

/// <summary>The broker, and what it is told.</summary>
/// <param name="Enabled">Whether status is published.</param>
/// <param name="Host">The broker.</param>
/// <param name="Port">Its port.</param>
/// <param name="TopicPrefix">First level of every topic.</param>
internal sealed record MqttSettings(bool Enabled, string Host, int Port, string TopicPrefix)
{
    /// <summary>The user name, or null for a broker without.</summary>
    public string? Username { get; init; }

    /// <summary>File of the password, or null for the systemd credential, if there is one.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>The client id, or null for the one that is made from the gateway's.</summary>
    public string? ClientId { get; init; }

    public MqttProtocol Protocol { get; init; } = MqttProtocol.Auto;

    /// <summary>Null for plain TCP.</summary>
    public MqttTlsSettings? Tls { get; init; }

    public HomeAssistantSettings HomeAssistant { get; init; } = new();

    /// <summary>Host and port, for people.</summary>
    public string Broker => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    /// <summary>Whether a password would go over a network in the clear.</summary>
    public bool IsLoginInTheClear => Enabled && Username is not null && Tls is null && !IsLoopback;

    private bool IsLoopback => Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (System.Net.IPAddress.TryParse(Host, out System.Net.IPAddress? address) && System.Net.IPAddress.IsLoopback(address));
}

/// <summary>Which version of MQTT is spoken.</summary>
internal enum MqttProtocol
{
    /// <summary>5, and 3.1.1 where the broker does not know that.</summary>
    Auto,

    /// <summary>MQTT 3.1.1 alone.</summary>
    Version311,

    /// <summary>MQTT 5 alone.</summary>
    Version5,
}

/// <param name="CaFile">The roots that the broker's certificate must come from, and no others, PEM; null for the system's.</param>
/// <param name="CertificateFile">The gateway's client certificate with its intermediates, PEM; null for none.</param>
/// <param name="KeyFile">Its key, PEM; null for the systemd credential.</param>
internal sealed record MqttTlsSettings(string? CaFile, string? CertificateFile, string? KeyFile);

/// <summary>What Home Assistant is told.</summary>
/// <param name="Enabled">True: the entities are announced. False: what was announced earlier is taken back. Null: nothing is done at all.</param>
/// <param name="DiscoveryPrefix">First levels of the topics that Home Assistant looks at.</param>
/// <param name="StatusTopic">Where Home Assistant says that it has started.</param>
internal sealed record HomeAssistantSettings(bool? Enabled = null, string DiscoveryPrefix = "homeassistant", string StatusTopic = "homeassistant/status");
