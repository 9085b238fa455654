namespace Flip.Edge.Fleet;

/// <summary>Who comes to which cloud.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Gateways">How many.</param>
/// <param name="Cloud">What the cloud takes.</param>
/// <param name="RequestsEach">Requests that each gateway has to get through, one after the other.</param>
/// <param name="AwaySeconds">For how long the cloud did not answer at all while every gateway ran and tried; until second 0.</param>
internal sealed record Crowd(string Name, int Gateways, Load Cloud, int RequestsEach = 1, double AwaySeconds = 0)
{
    /// <summary>Seconds that the cloud needs when it never idles.</summary>
    public double Ideal => Gateways * (double)RequestsEach / Cloud.Rate;
}

/// <summary>
/// A fleet against a cloud, event by event, in virtual time. Second 0 is when the power or the cloud comes back; only what happens from
/// then on is counted. The same seed gives the same run.
/// </summary>
internal static class FleetRun
{
    /// <summary>Connection, TLS and answer over a cellular uplink; what becomes of a second request hangs on it a little, nothing else.</summary>
    private const double RoundTripSeconds = 0.2;

    public static FleetResult Of(Crowd crowd, NewPacing newPacing, int seed)
    {
        Random chance = new(seed);
        QuotaCloud cloud = new(crowd.Cloud);
        FleetLedger ledger = new(crowd);
        PriorityQueue<int, double> due = new(crowd.Gateways);
        IPacing[] pacings = new IPacing[crowd.Gateways];
        for (int gateway = 0; gateway < pacings.Length; gateway++)
        {
            pacings[gateway] = newPacing(chance.NextDouble);
            due.Enqueue(gateway, pacings[gateway].Start().TotalSeconds - crowd.AwaySeconds);
        }

        while (due.TryDequeue(out int gateway, out double now))
        {
            double answered = now + RoundTripSeconds;
            if (now < 0)
            {
                due.Enqueue(gateway, answered + pacings[gateway].Failed(crowded: false, retryAfter: null).TotalSeconds);
                continue;
            }

            bool taken = cloud.Takes(now, out TimeSpan? retryAfter);
            bool done = ledger.Count(gateway, now, taken, answered);
            if (done) continue;
            if (taken) pacings[gateway].Succeeded();
            due.Enqueue(gateway, taken ? answered : answered + pacings[gateway].Failed(crowded: true, retryAfter).TotalSeconds);
        }

        return ledger.Close();
    }
}
