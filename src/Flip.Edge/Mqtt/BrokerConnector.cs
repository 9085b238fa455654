using Flip.Edge.Cloud;
using Flip.Edge.Configuration;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace Flip.Edge.Mqtt;

/// <summary>Connects to the broker: login and certificates as the files hold them now, and the version of MQTT that it speaks.</summary>
internal sealed partial class BrokerConnector(EdgeSettings settings, Topics topics, TimeProvider time, ILogger<BrokerConnector> log)
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(30);

    private readonly MqttClientFactory _clients = new();
    private bool _isOld;

    /// <summary>
    /// One stable id, made of the gateway's, which is checked to hold nothing odd. It is longer than the 23 characters that every broker has
    /// to take; those in use take it (mosquitto, EMQX, HiveMQ, VerneMQ, NanoMQ, AWS IoT).
    /// </summary>
    public string ClientId { get; } = settings.Mqtt.ClientId ?? $"flip-edge-{settings.Gateway.Id}";

    /// <summary>Where systemd puts credentials; null where it gives none.</summary>
    public string? CredentialsDirectory { get; init; } = Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY");

    /// <summary>Connects, in at most 10 s for each version of MQTT.</summary>
    /// <exception cref="BrokerException">It could not.</exception>
    public async Task<BrokerConnection> OpenAsync(CancellationToken cancellationToken)
    {
        MqttSettings mqtt = settings.Mqtt;
        (BrokerLogin? login, CredentialFault? fault) = await BrokerLogin.ReadAsync(mqtt, CredentialsDirectory, cancellationToken);
        if (login is null) throw new BrokerException(BrokerTrouble.Files, fault!.Sentence) { CopyOf = fault.CopyOf };
        if (mqtt.Protocol != MqttProtocol.Auto) return await OpenAsync(login, mqtt.Protocol == MqttProtocol.Version5 ? MqttProtocolVersion.V500 : MqttProtocolVersion.V311, cancellationToken);
        if (_isOld) return await OpenOldAsync(login, cancellationToken);
        try
        {
            return await OpenAsync(login, MqttProtocolVersion.V500, cancellationToken);
        }
        catch (OldBrokerException old)
        {
            BrokerConnection connection = await OpenOldAsync(login, cancellationToken);
            LogOld(mqtt.Broker, old.Message);
            return connection;
        }
    }

    // What worked is remembered until it doesn't: the broker may have been replaced by a newer one.
    private async Task<BrokerConnection> OpenOldAsync(BrokerLogin login, CancellationToken cancellationToken)
    {
        _isOld = false;
        BrokerConnection connection = await OpenAsync(login, MqttProtocolVersion.V311, cancellationToken);
        _isOld = true;
        return connection;
    }

    private async Task<BrokerConnection> OpenAsync(BrokerLogin login, MqttProtocolVersion version, CancellationToken cancellationToken)
    {
        BrokerTrust? trust = await TrustAsync(cancellationToken);
        IMqttClient client = _clients.CreateMqttClient();
        BrokerConnection connection = new(client, trust, login, time);
        BrokerStream stream = new(settings.Mqtt, trust, time);
        try
        {
            MqttClientConnectResult answer = await ConnectAsync(client, Options(login, version, stream), cancellationToken);
            if (answer.ResultCode == MqttClientConnectResultCode.Success) return connection;
            BrokerException refusal = BrokerRefusal.Of(answer, settings.Mqtt, login, ClientId);
            throw BrokerRefusal.IsOfTheVersion(answer) && version == MqttProtocolVersion.V500 && settings.Mqtt.Protocol == MqttProtocol.Auto
                ? new OldBrokerException(refusal.Message)
                : refusal;
        }
        catch (Exception failed)
        {
            string hint = stream.WasOpen ? Hint(trust) : "";
            connection.Dispose();
            if (failed is OperationCanceledException or BrokerException or OldBrokerException) throw;
            BrokerException known = BrokerException.Of(failed, login);
            if (!stream.WasOpen || known.Trouble != BrokerTrouble.Away) throw known;
            string sentence = known.InnerException is null ? known.Message : $"the broker ends the connection instead of accepting it: {known.Message.TrimEnd('.')}{hint}";

            // A broker from before 2018 closes the connection, or answers in a way that MQTT 5 can't read.
            if (version == MqttProtocolVersion.V500 && settings.Mqtt.Protocol == MqttProtocol.Auto) throw new OldBrokerException(sentence, known);
            throw new BrokerException(BrokerTrouble.Away, sentence, known);
        }
    }

    // Under TLS 1.3 a client certificate is refused, or missed, only after the handshake.
    private static string Hint(BrokerTrust? trust) => trust is null ? "; does it want TLS (Mqtt:Tls)?" : trust.Remark is { } remark ? $"; {remark}" : "; does it want a client certificate (Mqtt:CertificateFile)?";

    private async Task<MqttClientConnectResult> ConnectAsync(IMqttClient client, MqttClientOptions options, CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline = new(ConnectTimeout, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await client.ConnectAsync(options, either.Token);
        }
#pragma warning disable CA1031 // The library throws a dozen kinds, and wraps a cancellation in some of them.
        catch (Exception) when (cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception late) when (deadline.IsCancellationRequested)
        {
            throw new BrokerException(BrokerTrouble.Away, $"no answer within {ConnectTimeout.TotalSeconds} s", late);
        }
    }

    private async Task<BrokerTrust?> TrustAsync(CancellationToken cancellationToken)
    {
        if (settings.Mqtt.Tls is not { } tls) return null;
        (BrokerTrust? trust, IReadOnlyList<CredentialFault> faults) = await BrokerTrust.ReadAsync(tls, CredentialsDirectory, time.GetUtcNow(), cancellationToken);
        return trust ?? throw new BrokerException(BrokerTrouble.Files, string.Join(" ", faults.Select(fault => fault.Sentence))) { CopyOf = faults.Select(fault => fault.CopyOf).FirstOrDefault(file => file is not null) };
    }

    private MqttClientOptions Options(BrokerLogin login, MqttProtocolVersion version, BrokerStream stream)
    {
        MqttClientOptionsBuilder options = new MqttClientOptionsBuilder()
            .WithTcpServer(settings.Mqtt.Host, settings.Mqtt.Port)
            .WithStreamProvider(stream)
            .WithProtocolVersion(version)
            .WithClientId(ClientId)
            .WithCleanSession()
            .WithKeepAlivePeriod(KeepAlive)
            .WithTimeout(ConnectTimeout)
            .WithWillTopic(topics.Availability)
            .WithWillPayload("offline"u8.ToArray())
            .WithWillRetain()
            .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        if (login.Username is not null) options = options.WithCredentials(login.Username, login.Password);
        return options.Build();
    }

    /// <summary>The broker does not speak MQTT 5, or seems not to.</summary>
    private sealed class OldBrokerException(string sentence, Exception? inner = null) : Exception(sentence, inner);

    [LoggerMessage(306, LogLevel.Information, "MQTT broker {Broker} is spoken to in MQTT 3.1.1, because of its answer to MQTT 5: {Reason}")]
    private partial void LogOld(string broker, string reason);
}
