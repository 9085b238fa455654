namespace Flip.Edge.Fleet;

/// <summary>What a run came to.</summary>
/// <param name="Crowd">Who came.</param>
/// <param name="Seconds">Until the last gateway was through.</param>
/// <param name="Offered">Requests in each second.</param>
/// <param name="Served">Of them, the ones that were taken.</param>
/// <param name="Requests">Requests of each gateway, ascending.</param>
/// <param name="SlowestSeconds">The longest that a gateway took from its own first request.</param>
internal sealed record FleetResult(Crowd Crowd, double Seconds, int[] Offered, int[] Served, int[] Requests, double SlowestSeconds)
{
    /// <summary>Time against the ideal.</summary>
    public double Ratio => Seconds / Crowd.Ideal;

    public int Peak => Offered.Max();

    public int PeakAfterFirstSecond => Offered.Skip(1).DefaultIfEmpty().Max();

    public double MeanRequests => Requests.Average();

    public int P99Requests => Requests[(int)(Requests.Length * 0.99)];

    public int MostRequests => Requests[^1];
}

/// <summary>Counts a run.</summary>
internal sealed class FleetLedger(Crowd crowd)
{
    private readonly List<int> _offered = [];
    private readonly List<int> _served = [];
    private readonly int[] _requests = new int[crowd.Gateways];
    private readonly int[] _taken = new int[crowd.Gateways];
    private readonly double[] _first = new double[crowd.Gateways];
    private double _last;
    private double _slowest;

    /// <summary>Counts one request, and tells whether its gateway is through.</summary>
    public bool Count(int gateway, double now, bool taken, double answered)
    {
        int second = (int)now;
        while (_offered.Count <= second)
        {
            _offered.Add(0);
            _served.Add(0);
        }

        _offered[second]++;
        if (_requests[gateway]++ == 0) _first[gateway] = now;
        if (!taken) return false;
        _served[second]++;
        if (++_taken[gateway] < crowd.RequestsEach) return false;
        _last = Math.Max(_last, answered);
        _slowest = Math.Max(_slowest, answered - _first[gateway]);
        return true;
    }

    public FleetResult Close()
    {
        Array.Sort(_requests);
        return new(crowd, _last, [.. _offered], [.. _served], _requests, _slowest);
    }
}
