namespace Flip.Edge.Supervision;

/// <summary>
/// Looks whether every worker gets on, and feeds systemd's watchdog while they do. It has a thread of its own, because a thread pool that
/// runs nothing any more is one of the things that it looks for.
/// </summary>
/// <remarks>
/// A hang is what two looks in a row see. A look that comes much too late means that nothing of the process ran meanwhile (SIGSTOP, a suspended
/// machine): that time is nobody's fault, and everybody has what was left of his bound. A dead device, cloud or broker is no hang: whoever
/// waits for one has a time-out, and that is progress.
/// </remarks>
internal sealed partial class Watch(
    StepBoard board, ServiceNotices notices, WatchdogInterval interval, ThreadPoolTick pool, TimeProvider time, ILogger<Watch> log)
    : IHostedService, IDisposable
{
    // A busy machine makes a look late by seconds.
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(10);

    private readonly ManualResetEventSlim _end = new();
    private readonly Dictionary<Step, Overdue> _told = [];
    private HashSet<Step> _overdue = [];
    private long _lookedAt = time.GetTimestamp();
    private Thread? _thread;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _thread = new(Run) { IsBackground = true, Name = "watch" };
        _thread.Start();
        return Task.CompletedTask;
    }

    // It goes on while the others stop.
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _end.Set();
        _thread?.Join();
        _end.Dispose();
    }

    /// <summary>Looks once.</summary>
    /// <returns>Whether everybody gets on.</returns>
    internal bool Look()
    {
        ExcuseWhatNobodyCouldHelp();
        pool.Ask();
        IReadOnlyList<Overdue> overdue = board.Overdue();
        Overdue[] hangs = [.. overdue.Where(late => _overdue.Contains(late.Step))];
        _overdue = [.. overdue.Select(late => late.Step)];
        bool isNew = false;
        foreach (Overdue hang in hangs.Where(hang => _told.TryAdd(hang.Step, hang)))
        {
            isNew = true;
            LogHangs(hang.Step.ToString(), (long)hang.For.TotalSeconds, hang.Since, hang.Step.Bound!.Value.TotalSeconds, Consequence);
        }

        if (isNew)
        {
            foreach (string thread in ThreadStates.Now()) LogThread(thread);
        }

        foreach (Overdue before in _told.Values.Where(before => !_overdue.Contains(before.Step)).ToArray())
        {
            _told.Remove(before.Step);
            LogGoesOn(before.Step.ToString(), before.Since);
        }

        if (hangs.Length > 0) return false;
        if (interval.Systemd is not null) notices.Alive();
        return true;
    }

    private void ExcuseWhatNobodyCouldHelp()
    {
        long now = time.GetTimestamp();
        TimeSpan missed = time.GetElapsedTime(_lookedAt, now) - interval.BetweenLooks;
        _lookedAt = now;
        if (missed < Late) return;
        board.Excuse(missed);
        LogStoodStill((long)missed.TotalSeconds);
    }

    private string Consequence => interval.Systemd is { } limit
        ? $"The watchdog is not fed any more; if this stays so, systemd ends the daemon within {limit.TotalSeconds:0} s and starts it again"
        : "There is no watchdog here that would start the daemon again (WATCHDOG_USEC): restart it";

    private void Run()
    {
        while (!_end.Wait(interval.BetweenLooks))
        {
            try
            {
                Look();
            }
#pragma warning disable CA1031 // An exception on this thread would end the daemon without a word of what hangs; unfed, systemd ends it.
            catch (Exception failed)
#pragma warning restore CA1031
            {
                LogBlind(failed);
            }
        }
    }

    [LoggerMessage(10, LogLevel.Error, "Hangs: {Step}, for {Seconds} s, since {Since:O}; {Bound} s are its bound. {Consequence}")]
    private partial void LogHangs(string step, long seconds, DateTimeOffset since, double bound, string consequence);

    [LoggerMessage(11, LogLevel.Error, "While it hangs: {Thread}")]
    private partial void LogThread(string thread);

    [LoggerMessage(18, LogLevel.Warning, "The whole process stood still for {Seconds} s: it was stopped, or its machine was suspended or far too busy. It goes on, and no worker is taken for hung for that time")]
    private partial void LogStoodStill(long seconds);

    [LoggerMessage(14, LogLevel.Warning, "Goes on, and had hung since {Since:O}: {Step}")]
    private partial void LogGoesOn(string step, DateTimeOffset since);

    [LoggerMessage(16, LogLevel.Error, "The watch failed, and the watchdog was not fed this time")]
    private partial void LogBlind(Exception exception);
}
