namespace Flip.Edge.KillLoop.Plans;

/// <summary>When the daemons of a round are killed. Over the seeds every moment has its turn as the first kill.</summary>
internal static class KillPlan
{
    private static readonly KillMoment[] All = Enum.GetValues<KillMoment>();

    // What the daemon does at the cloud is where a kill is worth most.
    private static readonly KillMoment[] Weighted =
    [
        .. All, KillMoment.RequestArrives, KillMoment.Committed, KillMoment.Answering, KillMoment.Answered, KillMoment.QuestionArrives,
    ];

    /// <summary>The moments in an order in which they can come: nobody presses the button of a daemon that is asking Flip already.</summary>
    public static IEnumerable<KillMoment> Moments(int seed, Random random, int kills)
    {
        KillMoment[] drawn = [.. Enumerable.Range(0, kills).Select(n => n == 0 ? All[seed % All.Length] : Weighted[random.Next(Weighted.Length)])];
        Queue<KillMoment> inOrder = new(drawn.Where(HasItsTime).Order());
        return drawn.Select(moment => HasItsTime(moment) ? inOrder.Dequeue() : moment);
    }

    public static KillOrder Order(Random random, KillMoment moment) => new(
        moment,
        moment switch
        {
            KillMoment.DeviceRead => 1 + random.Next(20),
            KillMoment.RequestArrives or KillMoment.Answering or KillMoment.Answered or KillMoment.QuestionArrives => 1 + random.Next(2),
            _ => 1,
        },
        moment switch
        {
            KillMoment.DuringStart => RoundPlan.Milliseconds(random, 0, 60),
            KillMoment.DuringPress => RoundPlan.Milliseconds(random, 0, 10),
            KillMoment.AfterAccept => RoundPlan.Milliseconds(random, 0, 60),
            KillMoment.Answered => random.Next(2) == 0 ? TimeSpan.Zero : RoundPlan.Milliseconds(random, 0, 8),
            _ => TimeSpan.Zero,
        },
        moment == KillMoment.AtRandom ? RoundPlan.Milliseconds(random, 20, 800) : RoundPlan.Milliseconds(random, 300, 1500));

    private static bool HasItsTime(KillMoment moment) => moment is not (KillMoment.DuringStart or KillMoment.AtRandom);
}
