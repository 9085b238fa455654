using Flip.Edge.Simulator.Cloud;

namespace Flip.Edge.KillLoop.Plans;

/// <summary>Which requests go wrong, and how. Over the seeds every kind has its turn as the first fault of a commission.</summary>
internal static class FaultPlan
{
    private static readonly string[] Questions = ["auth", "devices", "enrollments", "programs", "add-device"];

    private static readonly MockCertificate[] WrongCertificates =
        [MockCertificate.Expired, MockCertificate.Untrusted, MockCertificate.NotYetValid, MockCertificate.OtherHost];

    /// <summary>Every kind that a daemon has to come through without a person. 400, 409 and 422 are for a person.</summary>
    public static IReadOnlyList<MockFault> Kinds(Abilities abilities)
    {
        double milliseconds = (abilities.Timeout ?? TimeSpan.Zero).TotalMilliseconds;
        string late = FormattableString.Invariant($"delay:{milliseconds + 300},late-commit:{milliseconds + 300}");
        return MockFaultParser.Parse(
            "drop,drop-after-commit,duplicate,502-after-commit,truncated,late-commit:200,delay:200," + late + ",500,502,503,500-after-commit,503-after-commit,"
            + "429,429:1,429:date:1,401,html,redirect,endless,not-commission,empty");
    }

    public static MockFaultScript Script(int seed, Random random, Abilities abilities, int kills)
    {
        IReadOnlyList<MockFault> kinds = Kinds(abilities);
        MockFaultScript script = new();
        script.Add(MockFaultContext.Commission, kinds[seed % kinds.Count]);
        script.Add(MockFaultContext.Commission, Some(random, kinds, random.Next(2 + (kills / 2))));
        foreach (string endpoint in Questions) script.Add(endpoint, Some(random, kinds, random.Next(3)));
        return script;
    }

    /// <summary>The certificates of the first connections; empty for none but the good one.</summary>
    public static IReadOnlyList<MockCertificate> Certificates(int seed, Random random)
    {
        int wrong = random.Next(3);
        return [.. Enumerable.Range(0, wrong).Select(n => random.Next(3) == 0 ? MockCertificate.Good : WrongCertificates[(seed + n) % WrongCertificates.Length])];
    }

    private static MockFault[] Some(Random random, IReadOnlyList<MockFault> kinds, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => random.Next(4) == 0 ? MockFault.None : kinds[random.Next(kinds.Count)])];
}
