namespace Flip.Edge.Fleet;

/// <summary>Which Retry-After a refusal carries.</summary>
internal enum Hint
{
    /// <summary>None.</summary>
    None,

    /// <summary>The same number of seconds for everybody.</summary>
    Fixed,

    /// <summary>The seconds until the quota is filled again: the same moment for everybody.</summary>
    EndOfPeriod,
}

/// <summary>A cloud that takes so many requests in each period and answers 429 beyond.</summary>
/// <param name="Quota">Requests taken in each period.</param>
/// <param name="Period">Seconds.</param>
/// <param name="Hint">Which Retry-After a refusal carries.</param>
/// <param name="HintSeconds">Its seconds, where they are fixed.</param>
internal sealed record Load(int Quota, double Period, Hint Hint = Hint.None, int HintSeconds = 0)
{
    public static readonly Load PerSecond = new(200, 1);

    public double Rate => Quota / Period;
}

/// <summary>The state of such a cloud.</summary>
internal sealed class QuotaCloud(Load load)
{
    private double _period = -1;
    private int _taken;

    /// <summary>Whether a request at this second is taken, and if not, when the cloud wants it again.</summary>
    public bool Takes(double now, out TimeSpan? retryAfter)
    {
        double period = Math.Floor(now / load.Period);
        if (period != _period) (_period, _taken) = (period, 0);
        retryAfter = load.Hint switch
        {
            Hint.Fixed => TimeSpan.FromSeconds(load.HintSeconds),
            Hint.EndOfPeriod => TimeSpan.FromSeconds(Math.Ceiling(((period + 1) * load.Period) - now)),
            _ => null,
        };
        if (_taken == load.Quota) return false;
        _taken++;
        return true;
    }
}
