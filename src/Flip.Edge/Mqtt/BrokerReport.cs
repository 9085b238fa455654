using Flip.Edge.Configuration;
using MQTTnet.Formatter;

namespace Flip.Edge.Mqtt;

/// <summary>
/// Tells log and status how it stands with the broker: one line for each thing that happens, none for each try after it. While it is
/// accepted and cut by turns, only a connection that lasts is worth a line.
/// </summary>
internal sealed partial class BrokerReport(EdgeSettings settings, BrokerConnector connector, MqttState state, ILogger<BrokerReport> log)
{
    private BrokerTrouble? _told;
    private bool _isUnsteady;

    /// <summary>The start.</summary>
    public void Begin()
    {
        if (settings.Mqtt.IsLoginInTheClear) LogInTheClear(settings.Mqtt.Broker);
    }

    /// <summary>The connection stands.</summary>
    public void Connected(BrokerConnection connection)
    {
        if (!_isUnsteady) Tell(connection);
        state.Connected();
    }

    /// <summary>The connection has been standing for a minute.</summary>
    public void Stable(BrokerConnection connection)
    {
        if (_isUnsteady) Tell(connection);
        _isUnsteady = false;
    }

    /// <summary>The connection, or a try, is over.</summary>
    public void Lost(BrokerException why, bool wasStable)
    {
        bool wasConnected = state.IsConnected;
        bool isNews = _told != why.Trouble || (wasConnected && !_isUnsteady);
        _isUnsteady = wasConnected ? !wasStable : _isUnsteady;
        _told = why.Trouble;
        if (isNews) Tell(why);
        state.Lost(why.Message, why.CopyOf);
    }

    /// <summary>The broker did not take the goodbye.</summary>
    public void NoGoodbye(BrokerException why) => LogNoGoodbye(settings.Mqtt.Broker, why.Message);

    private void Tell(BrokerException why)
    {
        switch (why.Trouble)
        {
            case BrokerTrouble.Away: LogAway(settings.Mqtt.Broker, why.Message); break;
            case BrokerTrouble.Files: LogFiles(settings.Mqtt.Broker, why.CopyOf is null ? $"{why.Message} The file is looked at again by itself" : why.Message.TrimEnd('.')); break;
            case BrokerTrouble.Refused: LogRefused(settings.Mqtt.Broker, why.Message); break;
            default: LogTakenOver(settings.Mqtt.Broker, why.Message, connector.ClientId); break;
        }
    }

    private void Tell(BrokerConnection connection)
    {
        _told = null;
        LogConnected(settings.Mqtt.Broker, connection.Version == MqttProtocolVersion.V500 ? "MQTT 5" : "MQTT 3.1.1", settings.Mqtt.Tls is null ? "without TLS" : "with TLS", connector.ClientId);
    }

    [LoggerMessage(300, LogLevel.Information, "MQTT broker {Broker} is connected ({Version}, {Tls}, client id {ClientId})")]
    private partial void LogConnected(string broker, string version, string tls, string clientId);

    [LoggerMessage(301, LogLevel.Warning, "MQTT broker {Broker} is away ({Reason}); it is tried again by itself, and nothing else waits for it")]
    private partial void LogAway(string broker, string reason);

    [LoggerMessage(303, LogLevel.Warning, "MQTT broker {Broker} refuses this gateway: {Reason}. It is tried again every few minutes")]
    private partial void LogRefused(string broker, string reason);

    [LoggerMessage(304, LogLevel.Warning, "MQTT broker {Broker}: {Reason}. The client id here is {ClientId}: Gateway:Id has to differ between gateways, or set Mqtt:ClientId. It is tried again every few minutes, not at once, for the two would throw each other out for ever")]
    private partial void LogTakenOver(string broker, string reason, string clientId);

    [LoggerMessage(305, LogLevel.Warning, "The MQTT password goes to {Broker} in the clear, and everybody on that network can read it: set Mqtt:Tls to true, or use a broker on this gateway")]
    private partial void LogInTheClear(string broker);

    [LoggerMessage(307, LogLevel.Warning, "MQTT broker {Broker} is not tried: {Reason}")]
    private partial void LogFiles(string broker, string reason);

    [LoggerMessage(312, LogLevel.Information, "MQTT broker {Broker} did not take the goodbye ({Reason}); its will says that this gateway is offline")]
    private partial void LogNoGoodbye(string broker, string reason);
}
