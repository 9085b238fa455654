using MQTTnet;
using MQTTnet.Exceptions;

namespace Flip.Edge.Mqtt;

/// <summary>What keeps the broker from being connected, as far as it decides how long one waits and what is said.</summary>
internal enum BrokerTrouble
{
    /// <summary>Network, TLS, a broker that is down, slow or cuts: it may be over at any moment.</summary>
    Away,

    /// <summary>A file of ours can't be used: a person has to mend it, and it costs the broker nothing to look again.</summary>
    Files,

    /// <summary>The broker wants another login, client id or version: asking often gets an address banned.</summary>
    Refused,

    /// <summary>Another client came with the same id. Whoever comes back at once throws it out in turn, for ever (emqx#935).</summary>
    TakenOver,
}

/// <summary>The broker can't be reached, or was lost. The message is a sentence for people and quotes no secret.</summary>
internal sealed class BrokerException(BrokerTrouble trouble, string sentence, Exception? inner = null) : Exception(sentence, inner)
{
    public BrokerTrouble Trouble { get; } = trouble;

    /// <summary>Whether the connection was cut without a word, as many brokers do when an id is used twice.</summary>
    public bool IsSilentCut { get; init; }

    /// <summary>The file that systemd copied at the start, where it is to be mended and needs a restart; else null.</summary>
    public string? CopyOf { get; init; }

    /// <summary>Any exception of the library's or the system's as one of ours.</summary>
    /// <param name="failed">What was thrown.</param>
    /// <param name="login">Kept out of the sentence.</param>
    public static BrokerException Of(Exception failed, BrokerLogin login) => Ours(failed, login) ?? new(BrokerTrouble.Away, login.Quoted(Innermost(failed).Message), failed);

    /// <summary>The end of a connection that stood.</summary>
    /// <param name="reason">What the broker said; <see cref="MqttClientDisconnectReason.NormalDisconnection"/> where it said nothing.</param>
    /// <param name="words">What it added, if anything.</param>
    /// <param name="met">What the library met, if anything.</param>
    /// <param name="login">Kept out of the sentence.</param>
    public static BrokerException Cut(MqttClientDisconnectReason reason, string? words, Exception? met, BrokerLogin login)
    {
        if (reason == MqttClientDisconnectReason.SessionTakenOver)
        {
            return new(BrokerTrouble.TakenOver, "another client has connected with the same client id, and the broker keeps only the newest");
        }

        if (met is not null && Ours(met, login) is { } ours) return ours;
        words = login.Quoted(words);
        bool isSilent = words.Length == 0 && reason is MqttClientDisconnectReason.NormalDisconnection or MqttClientDisconnectReason.UnspecifiedError;
        string why = !isSilent ? $": {reason}{(words.Length == 0 ? "" : $", {words}")}" : met is null ? " without a word" : $": {login.Quoted(Innermost(met).Message)}";
        return new(BrokerTrouble.Away, $"the connection was cut{why}", met) { IsSilentCut = isSilent };
    }

    private static BrokerException? Ours(Exception failed, BrokerLogin login)
    {
        for (Exception? one = failed; one is not null; one = one.InnerException)
        {
            if (one is BrokerException ours) return ours;
            if (one is MqttClientUnexpectedDisconnectReceivedException { ReasonCode: { } code } cut) return Cut((MqttClientDisconnectReason)code, cut.ReasonString, null, login);
        }

        return null;
    }

    private static Exception Innermost(Exception exception) => exception.InnerException is { } inner ? Innermost(inner) : exception;
}
