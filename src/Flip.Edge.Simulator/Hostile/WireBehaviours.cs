using static Flip.Edge.Simulator.Hostile.HostileWires;

namespace Flip.Edge.Simulator.Hostile;

/// <summary>What devices, adapters and lines do to frames and connections.</summary>
public static class WireBehaviours
{
    /// <summary>For exceptions that never end.</summary>
    private const int Always = int.MaxValue;

    public static IReadOnlyList<DeviceBehaviour> All { get; } =
    [
        Of("refused", "nothing listens on the port, as while another client holds it: a sentence", [1], Tcp, _ => new Refusing()),
        Of("one-client", "a second client is cut off while the first is connected: a sentence that names it", [1], Tcp, _ => new TakingOneClient()),
        Of("evicts-older-client", "the newest client cuts off the older: the nameplate, over a new connection", [1], Tcp, _ => new EvictingOlderClient()),
        Of("reset-after-connect", "every connection is reset at once: a sentence", [1], Tcp, _ => new ResettingAfterConnect()),
        Of("closes-often", "closes each connection after three replies: the nameplate, over several connections", [2], Tcp, _ => new ClosingOften(3)),
        Of("half-open", "the first connection dies without a word after two replies: the nameplate, over a second one", [2], Tcp, _ => new HalfOpen(2)),
        SilentAfterConnect(TimeSpan.FromSeconds(3)),
        DropsDuringConnectDelay(TimeSpan.FromMilliseconds(500)),
        .. Enumerable.Range(1, 11).Select(Exception),
        LateReplies(TimeSpan.FromSeconds(1.5)),
        Of("duplicated-replies", "every reply comes twice: the nameplate", [7], Both, _ => new DuplicatedReplies()),
        Of("transaction-id-zero", "replies carry transaction id 0: the nameplate, after one time-out", [8], Tcp, _ => new TransactionIdZero()),
        Of("replayed-replies", "one reply in five holds an earlier one's content: no value that two readings did not tell", [9], Both, _ => new ReplayedReplies(5)),
        Of("wrong-framing", "the port speaks RTU over TCP, not Modbus TCP: the nameplate with rtu+tcp://", [11], Tcp, _ => new WrongFraming()),
        Of("echo", "what is sent comes back before the reply: the nameplate", [11], Rtu, _ => new Echo()),
        Of("second-master", "another master talks to unit 9 on the same line: the nameplate, and a sentence", [12], Rtu, _ => new SecondMaster()),
        Of("foreign-frames", "a reply of another unit before each of ours: the nameplate", [12], Both, _ => new ForeignFrames()),
        Of("boot-garbage", "600 bytes of noise before the first reply: the nameplate", [13], Rtu, _ => new BootGarbage()),
        Of("noise-before-frames", "noise that begins like a frame before each reply: the nameplate", [13], Rtu, _ => new NoiseBeforeFrames()),
        Of("noise-inside-frames", "one reply in four is damaged: the nameplate, after another try", [13], Rtu, _ => new NoiseInsideFrames(4)),
        Of("truncated-frames", "one reply in four is cut off: the nameplate, after another try", [9, 13], Both, _ => new TruncatedFrames(4)),
        SlowBytes(TimeSpan.FromMilliseconds(20)),
    ];

    /// <summary>Late by some other time than 1.5 s.</summary>
    public static WireBehaviour LateReplies(TimeSpan by) => Of(
        "late-replies", "each reply comes 1.5 s late: the nameplate, after a try or two", [7, 10], Both, time => new LateReplies(by, time));

    /// <summary>Slower or quicker than a byte each 20 ms.</summary>
    public static WireBehaviour SlowBytes(TimeSpan each) => Of(
        "slow-bytes", "one byte each 20 ms: the nameplate", [14], Both, time => new SlowBytes(each, time));

    /// <summary>Silent for some other time than 3 s.</summary>
    public static WireBehaviour SilentAfterConnect(TimeSpan span) => Of(
        "silent-after-connect", "swallows what is sent in the first 3 s of a connection: the nameplate with a connect delay", [3], Tcp,
        _ => new SilentAfterConnect(span));

    /// <summary>More or less patient than 0.5 s.</summary>
    public static WireBehaviour DropsDuringConnectDelay(TimeSpan patience) => Of(
        "drops-during-connect-delay", "drops a connection on which nothing is asked for 0.5 s: the nameplate in spite of a connect delay", [4], Tcp,
        time => new DroppingIdleAfterConnect(patience, time));

    /// <summary>Busy ones are so for three requests, the others for good.</summary>
    private static WireBehaviour Exception(int code)
    {
        var passes = code is 5 or 6;
        var what = passes ? "to the first three requests: the nameplate" : "to every request: a sentence";
        return Of($"exception-{code}", $"answers exception {code} {what}", [5], Both, _ => new Excepting((byte)code, passes ? 3 : Always));
    }

    private static WireBehaviour Of(
        string name, string description, IReadOnlyList<int> pitfalls, HostileWires on, Func<TimeProvider, WireTrouble> create) =>
        new(name, description, pitfalls, on, create);
}
