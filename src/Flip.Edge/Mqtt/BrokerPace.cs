namespace Flip.Edge.Mqtt;

/// <summary>
/// How long to wait for the next connect. The pause doubles, and a connection that is cut at once is no success: only one that was stable
/// for a minute begins anew (esp-rainmaker-neo-firmware#1).
/// </summary>
internal sealed class BrokerPace(TimeProvider time, Func<double> random)
{
    /// <summary>How long a connection must last to count as one.</summary>
    public static readonly TimeSpan StableAfter = TimeSpan.FromMinutes(1);

    /// <summary>The pause after a refusal, and where two clients have the same id.</summary>
    public static readonly TimeSpan SlowPause = TimeSpan.FromMinutes(5);

    private const int CutsOfATakeover = 3;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private TimeSpan _pause = FirstPause;
    private long? _connectedAt;
    private int _silentCuts;

    /// <summary>
    /// Whether the broker cut the connection without a word again and again, soon after it had accepted it. Under MQTT 3.1.1 there is no
    /// other sign of a client id that is used twice, and Debian 12's mosquitto (2.0.11) says nothing under 5 either.
    /// </summary>
    public bool LooksTakenOver => _silentCuts >= CutsOfATakeover;

    /// <summary>The connection stands.</summary>
    public void Connected() => _connectedAt = time.GetTimestamp();

    /// <summary>The connection, or the try, is over.</summary>
    /// <returns>Whether it was stable.</returns>
    public bool Ended(BrokerException why)
    {
        TimeSpan lasted = _connectedAt is { } at ? time.GetElapsedTime(at) : TimeSpan.Zero;
        bool wasConnected = _connectedAt is not null, isStable = lasted >= StableAfter;
        _connectedAt = null;
        if (isStable) _pause = FirstPause;

        // A broker that restarts, or an uplink that fails, also fails to connect in between; a takeover never does.
        bool isLikeATakeover = wasConnected && why.IsSilentCut && lasted < (LooksTakenOver ? 2 * SlowPause : StableAfter);
        _silentCuts = isLikeATakeover ? _silentCuts + 1 : 0;
        return isStable;
    }

    /// <summary>Half to all of the pause that is due now; the next one is longer.</summary>
    public TimeSpan Next(BrokerTrouble trouble)
    {
        double part = 0.5 + (random() / 2);
        if (trouble is BrokerTrouble.Refused or BrokerTrouble.TakenOver) return SlowPause * part;
        TimeSpan pause = _pause * part;
        _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
        return pause;
    }
}
