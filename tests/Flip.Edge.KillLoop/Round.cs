using System.Text.Json;
using Flip.Edge.KillLoop.Checks;
using Flip.Edge.KillLoop.Plans;
using Flip.Edge.KillLoop.World;
using Flip.Edge.Simulator.Demo;

namespace Flip.Edge.KillLoop;

/// <summary>
/// One seed: the daemon is started, pressed and killed until the kills are used up, then left alone until it is commissioned, stopped
/// in order, and started once more. It ends within that number of starts and a time, or has failed.
/// </summary>
internal sealed class Round(RoundPlan plan, Gateway gateway, Surroundings surroundings, KillSwitch kill)
{
    private static readonly TimeSpan KilledStartLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StrandedAfter = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan SettleLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PatienceOnceCommissioned = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(200);

    private readonly Invariants _invariants = new(surroundings.Cloud.Ledger);

    /// <summary>Runs to the end.</summary>
    /// <returns>What went wrong.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        List<string> failures = [];
        try
        {
            foreach (KillOrder order in plan.Kills) await KilledAsync(order, cancellationToken);
            await CommissionedAsync(cancellationToken);
            failures.AddRange(await OnceMoreAsync(cancellationToken));
        }
        catch (RoundFailedException failed)
        {
            failures.Add(failed.Message);
        }
#pragma warning disable CA1031 // One seed that trips the rig up must not hide what the others show.
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            failures.Add($"the rig itself failed: {fault}");
        }

        return [.. _invariants.Broken, .. failures];
    }

    /// <summary>A start that ends with a kill, whatever it has come to by then.</summary>
    private async Task KilledAsync(KillOrder order, CancellationToken cancellationToken)
    {
        await using DaemonProcess daemon = gateway.Start();
        using Session session = new(daemon, gateway, cancellationToken);

        // Most moments don't come any more then.
        kill.Arm(daemon, _invariants.IsCommissioned && order.Patience > PatienceOnceCommissioned ? order with { Patience = PatienceOnceCommissioned } : order);
        Task driving = DriveAsync(session, _ => false);
        try
        {
            await daemon.WaitAsync(cancellationToken).WaitAsync(KilledStartLimit, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new RoundFailedException($"start {gateway.Starts} was not killed within {KilledStartLimit.TotalSeconds} s; this is the rig's own fault");
        }
        finally
        {
            kill.Disarm();
        }

        await driving;
        if (daemon.ExitCode != Session.KilledExitCode) throw new RoundFailedException($"start {gateway.Starts} ended by itself with exit code {daemon.ExitCode}");
    }

    /// <summary>A start that nobody kills: it has to come to its end now.</summary>
    private async Task CommissionedAsync(CancellationToken cancellationToken)
    {
        await using DaemonProcess daemon = gateway.Start();
        using Session session = new(daemon, gateway, cancellationToken);
        session.EndAfter(plan.LastStartLimit);
        CommissioningSeen? last = null;
        long since = TimeProvider.System.GetTimestamp();
        bool isThere = await DriveAsync(session, seen =>
        {
            if (!seen.IsStranded || last?.IsStranded is not true) since = TimeProvider.System.GetTimestamp();
            last = seen;
            return seen.IsCommissioned || TimeProvider.System.GetElapsedTime(since) > StrandedAfter;
        });
        if (daemon.HasExited) throw new RoundFailedException($"start {gateway.Starts} ended by itself with exit code {daemon.ExitCode}");
        if (!isThere) throw new RoundFailedException($"no end within {plan.LastStartLimit.TotalSeconds} s of the last start: {last?.ToString() ?? "no status"}");
        if (!last!.IsCommissioned) throw new RoundFailedException($"stranded in {last}");
        session.EndAfter(SettleLimit);
        if (!await session.IsEnrolledAsync()) throw new RoundFailedException("commissioned, and the feed has no live enrollment in a program that it knows");
        if (!await daemon.StopAsync()) throw new RoundFailedException("it did not stop when it was asked to");
    }

    /// <summary>One more start: everything has stayed as it was, and the accounts agree.</summary>
    private async Task<IReadOnlyList<string>> OnceMoreAsync(CancellationToken cancellationToken)
    {
        await SettleAsync(cancellationToken);
        int requests = surroundings.Cloud.Ledger.CommissionRequests;
        await using DaemonProcess daemon = gateway.Start();
        using Session session = new(daemon, gateway, cancellationToken);
        session.EndAfter(SettleLimit);
        CommissioningSeen? seen = null;
        await DriveAsync(session, now => (seen = now).IsCommissioned);
        if (seen is not { IsCommissioned: true }) throw new RoundFailedException($"commissioned, and after one more start: {seen?.ToString() ?? "no status"}");
        List<string> failures = [];
        if (!await session.IsToldToTheBrokerAsync(surroundings)) failures.Add("the broker was not told that it is commissioned");
        await Task.Delay(Quiet, TimeProvider.System, cancellationToken);
        int later = surroundings.Cloud.Ledger.CommissionRequests;
        if (later != requests) failures.Add($"{later - requests} commission requests came after it was commissioned");
        failures.AddRange(LedgerCheck.Differences(surroundings.Cloud.Ledger, gateway.SiteId, seen, await session.HistoryAsync()));
        failures.AddRange(DiskCheck.Findings(gateway.DataDirectory, gateway.Homeowner.Secrets));
        failures.AddRange(LogCheck.Findings(gateway));
        return failures;
    }

    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        try
        {
            await surroundings.SettleAsync(cancellationToken).WaitAsync(SettleLimit, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new RoundFailedException($"cloud, device or broker did not settle within {SettleLimit.TotalSeconds} s; this is the rig's own fault");
        }
    }

    /// <summary>Presses until a press is accepted, and looks at each status.</summary>
    /// <returns>True when <paramref name="isEnough"/> was; false when the daemon or the time was at its end first.</returns>
    private async Task<bool> DriveAsync(Session session, Func<CommissioningSeen, bool> isEnough)
    {
        try
        {
            await session.WaitUntilUpAsync();
            if (!_invariants.IsAccepted) await PressAsync(session);
            while (true)
            {
                CommissioningSeen seen = await session.SeeAsync();
                _invariants.Look(seen);
                if (isEnough(seen)) return true;
                await session.PauseAsync();
            }
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException or OperationCanceledException or JsonException)
        {
            if (await session.IsOverAsync()) return false;
            throw new RoundFailedException($"the local endpoint failed while start {gateway.Starts} ran: {gone.Message}");
        }
    }

    private async Task PressAsync(Session session)
    {
        await session.PauseAsync(plan.PressAfter);
        Task<int> press = session.PressAsync();
        kill.Reached(KillMoment.DuringPress);
        if (await press != Session.Accepted) return;
        _invariants.Accepted();
        kill.Reached(KillMoment.AfterAccept);
    }
}
