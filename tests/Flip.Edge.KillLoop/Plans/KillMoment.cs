namespace Flip.Edge.KillLoop.Plans;

/// <summary>When a daemon is killed.</summary>
internal enum KillMoment
{
    /// <summary>Within the first milliseconds of its process.</summary>
    DuringStart,

    /// <summary>At no moment in particular.</summary>
    AtRandom,

    /// <summary>While the button is being pressed: whether it was accepted is open.</summary>
    DuringPress,

    /// <summary>Right after the button's 202.</summary>
    AfterAccept,

    /// <summary>While it reads a device.</summary>
    DeviceRead,

    /// <summary>As soon as a commission request has reached the cloud, before the cloud does anything.</summary>
    RequestArrives,

    /// <summary>Just after the cloud has created the site, before it answers.</summary>
    Committed,

    /// <summary>Before the cloud answers any request.</summary>
    Answering,

    /// <summary>Just after the cloud has answered any request: the daemon writes it down, or was about to.</summary>
    Answered,

    /// <summary>As soon as any other request than a commission has reached the cloud: the daemon asks what Flip knows.</summary>
    QuestionArrives,
}

/// <summary>The order for one kill.</summary>
/// <param name="Moment">When.</param>
/// <param name="Nth">How many such moments of this start pass first, counted from 1.</param>
/// <param name="Delay">How long after the moment.</param>
/// <param name="Patience">How long the moment is waited for; then the kill is at random.</param>
internal sealed record KillOrder(KillMoment Moment, int Nth, TimeSpan Delay, TimeSpan Patience);
