using Flip.Edge.Commissioning;
using Flip.Edge.Configuration;

namespace Flip.Edge.Fleet;

/// <summary>How one gateway spaces its tries: the daemon's own code, or a rule to compare it with.</summary>
internal interface IPacing
{
    /// <summary>Wait before the first try.</summary>
    public TimeSpan Start();

    public TimeSpan Failed(bool crowded, TimeSpan? retryAfter);

    public void Succeeded();
}

/// <summary>Makes a gateway's pacing of the source of chance.</summary>
internal delegate IPacing NewPacing(Func<double> random);

/// <summary>The daemon's own <see cref="RetryPace"/>.</summary>
internal sealed class DaemonPacing(RetryPace pace) : IPacing
{
    public static NewPacing With(RetrySettings settings) => random => new DaemonPacing(new RetryPolicy(settings, random).NewPace());

    public TimeSpan Start() => pace.AfterRestart(hint: null, flipAsked: false, DateTimeOffset.UnixEpoch);

    public TimeSpan Failed(bool crowded, TimeSpan? retryAfter) => pace.Failed(crowded, retryAfter);

    public void Succeeded() => pace.Reset();
}
