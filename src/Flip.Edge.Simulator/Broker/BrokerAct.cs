namespace Flip.Edge.Simulator.Broker;

/// <summary>What a <see cref="HostileBroker"/> does with a connection.</summary>
public enum BrokerAct
{
    /// <summary>What a broker should do.</summary>
    Serve,

    /// <summary>Accepts the connection and says nothing at all.</summary>
    Silent,

    /// <summary>Closes the connection when it has read CONNECT.</summary>
    CloseOnConnect,

    /// <summary>Accepts the client, confirms its first message, and closes the connection without a word.</summary>
    AcceptAndCut,

    /// <summary>As above, and says before that another client has come with the same id (MQTT 5, 0x8E).</summary>
    TakeOver,

    /// <summary>As above, and says before that it shuts down (MQTT 5, 0x8B).</summary>
    ShutDown,

    /// <summary>Accepts the client and confirms nothing.</summary>
    ConfirmNothing,

    /// <summary>Accepts the client and reads nothing any more.</summary>
    StopReading,

    /// <summary>Answers CONNECT as a web server would.</summary>
    Http,

    /// <summary>Answers CONNECT with a packet that says that it has 200 MB.</summary>
    HugePacket,

    /// <summary>Knows MQTT 3.1.1 only, and says so as a broker of that time.</summary>
    OnlyVersion311,

    /// <summary>Refuses every login.</summary>
    RefuseLogin,
}
