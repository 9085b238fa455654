using Flip.Edge.KillLoop.Plans;
using Flip.Edge.Simulator.Demo;

namespace Flip.Edge.KillLoop;

/// <summary>Carries one kill order out: on the thread that reaches the moment, so that nothing happens in between.</summary>
internal sealed class KillSwitch(FaultCounts counts)
{
    private readonly Lock _gate = new();
    private DaemonProcess? _daemon;
    private KillOrder? _order;
    private int _passed;

    /// <summary>Takes the order for a daemon that has just been started, or none.</summary>
    public void Arm(DaemonProcess daemon, KillOrder? order)
    {
        lock (_gate) (_daemon, _order, _passed) = (daemon, order, 0);
        if (order is null) return;
        _ = KillAfterAsync(daemon, order.Patience, KillMoment.AtRandom);
        Reached(KillMoment.DuringStart);
    }

    /// <summary>From now on no moment kills; a daemon is about to be asked to stop.</summary>
    public void Disarm()
    {
        lock (_gate) (_daemon, _order) = (null, null);
    }

    /// <summary>Something has come to this moment.</summary>
    public void Reached(KillMoment moment)
    {
        DaemonProcess? daemon;
        TimeSpan delay;
        lock (_gate)
        {
            if (_order?.Moment != moment || ++_passed != _order.Nth) return;
            (daemon, delay) = (_daemon, _order.Delay);
        }

        if (delay > TimeSpan.Zero) _ = KillAfterAsync(daemon!, delay, moment);
        else Kill(daemon!, moment);
    }

    private async Task KillAfterAsync(DaemonProcess daemon, TimeSpan delay, KillMoment moment)
    {
        await Task.Delay(delay, TimeProvider.System);
        Kill(daemon, moment);
    }

    // Under the gate, so that a daemon that has been disposed of since is never touched, and each is killed once.
    private void Kill(DaemonProcess daemon, KillMoment moment)
    {
        lock (_gate)
        {
            if (_daemon != daemon || _order is null || daemon.HasExited) return;
            daemon.Kill();
            _order = null;
            counts.AddKill(moment);
        }
    }
}
