using Flip.Edge.Configuration;
using MQTTnet;

namespace Flip.Edge.Mqtt;

/// <summary>What a broker's answer to CONNECT means, and what a person can do about it.</summary>
internal static class BrokerRefusal
{
    public static bool IsOfTheVersion(MqttClientConnectResult answer) => answer.ResultCode is MqttClientConnectResultCode.UnsupportedProtocolVersion
        // Return code 1 of MQTT 3.1.1, from a broker that does not know how to say it in 5 (MQTT 3.1.1, 3.2.2.3).
        || (int)answer.ResultCode == 1;

    public static BrokerException Of(MqttClientConnectResult answer, MqttSettings settings, BrokerLogin login, string clientId)
    {
        string words = login.Quoted(answer.ReasonString), code = $"{answer.ResultCode}{(words.Length == 0 ? "" : $", {words}")}";
        if (IsOfTheVersion(answer)) return new(BrokerTrouble.Refused, $"the broker refuses the version of MQTT ({code}): set Mqtt:Protocol to auto");
        return answer.ResultCode switch
        {
            MqttClientConnectResultCode.BadUserNameOrPassword or MqttClientConnectResultCode.NotAuthorized or MqttClientConnectResultCode.BadAuthenticationMethod =>
                new(BrokerTrouble.Refused, $"the broker refuses the login ({code}), {login}: {Advice(settings, login)}") { CopyOf = login.CopyOf },
            MqttClientConnectResultCode.Banned => new(BrokerTrouble.Refused, $"the broker has banned this client ({code}), {login}"),
            MqttClientConnectResultCode.ClientIdentifierNotValid =>
                new(BrokerTrouble.Refused, $"the broker refuses the client id {clientId} ({code}): set Mqtt:ClientId to one that it takes; every broker takes 1 to 23 letters and digits"),
            MqttClientConnectResultCode.TopicNameInvalid => new(BrokerTrouble.Refused, $"the broker refuses the topic of the will ({code}): may this client publish under Mqtt:TopicPrefix?"),
            _ => new(BrokerTrouble.Away, $"the broker refuses the connection: {code}"),
        };
    }

    private static string Advice(MqttSettings settings, BrokerLogin login) => login.Username is null && settings.Tls is { CertificateFile: not null }
        ? "does it know the client certificate in Mqtt:CertificateFile?"
        : login.Remedy;
}
