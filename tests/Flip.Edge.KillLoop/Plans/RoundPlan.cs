using Flip.Edge.Simulator.Cloud;

namespace Flip.Edge.KillLoop.Plans;

/// <summary>A time for which a part is away.</summary>
/// <param name="After">How long after the part came, or came back.</param>
/// <param name="Length">How long it is away.</param>
internal sealed record Outage(TimeSpan After, TimeSpan Length);

/// <summary>All that is decided before a round begins, from its seed alone. What threads do in between can't be decided.</summary>
internal sealed record RoundPlan(
    int Seed, MockFaultScript Faults, bool IsSecure, IReadOnlyList<MockCertificate> Certificates, IReadOnlyList<Outage> DeviceOutages,
    IReadOnlyList<Outage> BrokerOutages, TimeSpan PressAfter, IReadOnlyList<KillOrder> Kills)
{
    // A stream for each part: a change of one leaves the others as they were.
    private const int Streams = 8;

    /// <summary>Most time for the last start, which nobody kills: each fault may cost a time-out and a back-off.</summary>
    public TimeSpan LastStartLimit => TimeSpan.FromSeconds(20 + (3 * Faults.Faults.Sum(endpoint => endpoint.Value.Count)) + (2 * Certificates.Count));

    public static RoundPlan Of(int seed, int kills, Abilities abilities)
    {
        Random Stream(int number) => new((seed * Streams) + number);
        Random secure = Stream(1);
        bool isSecure = secure.Next(2) == 0;
        Random killing = Stream(4);
        return new(
            seed,
            FaultPlan.Script(seed, Stream(0), abilities, kills),
            isSecure,
            isSecure ? FaultPlan.Certificates(seed, secure) : [],
            Outages(Stream(2), most: 1),
            Outages(Stream(3), most: 3),
            Milliseconds(Stream(5), 0, 120),
            [.. KillPlan.Moments(seed, killing, kills).Select(moment => KillPlan.Order(killing, moment))]);
    }

    private static Outage[] Outages(Random random, int most) =>
        [.. Enumerable.Range(0, random.Next(most + 1)).Select(_ => new Outage(Milliseconds(random, 0, 500), Milliseconds(random, 20, 400)))];

    public static TimeSpan Milliseconds(Random random, int least, int most) => TimeSpan.FromMilliseconds(random.Next(least, most));
}
